package canary;

final class IllFormatted {
    private IllFormatted() { }
}
