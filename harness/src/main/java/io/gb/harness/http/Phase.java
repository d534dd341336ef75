package io.gb.harness.http;

/** What a request is waiting for; a timeout names it. */
public enum Phase {
  /** For the TCP connection. */
  CONNECT("while connecting"),
  /** For the proxy's answer to CONNECT. */
  TUNNEL("while the proxy opened the tunnel"),
  /** For the end of the TLS handshake. */
  TLS("in the TLS handshake"),
  /** For the server to read the request. */
  SEND("while the request was sent"),
  /** For the first byte of the response. */
  WAIT("before the first byte of the response"),
  /** For the rest of the head of the response; with TLS, also for its first byte. */
  HEAD("in the head of the response"),
  /** For the rest of the body of the response. */
  BODY("in the body of the response");

  private final String words;

  Phase(String words) {
    this.words = words;
  }

  /** {@return the phase in words that continue a sentence} */
  String words() {
    return words;
  }
}
