package canary;

/**
 * A paragraph without text.
 *
 * <p></p>
 */
public final class EmptyParagraph {
  private EmptyParagraph() {}
}
