package io.gb.harness.http;

import org.jspecify.annotations.Nullable;

/**
 * What the server told of itself in its first response. Immutable.
 *
 * @param software the value of the Server header, empty if there was none
 * @param tlsProtocol the negotiated protocol, for example TLSv1.3; null without TLS
 * @param tlsCipher the negotiated cipher suite; null without TLS
 */
public record ServerInfo(
    String software, @Nullable String tlsProtocol, @Nullable String tlsCipher) {}
