package canary;

final class NullReturned {
  private NullReturned() {}

  static String name() {
    return null;
  }
}
