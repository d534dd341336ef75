package canary;

final class ForgotThrow {
  private ForgotThrow() {}

  static void rejectNegative(int count) {
    if (count < 0) {
      new IllegalArgumentException("count: " + count);
    }
  }
}
