package io.gb.server;

import io.gb.server.tls.Identity;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server on a free port and a JDK client for it. */
final class HttpTester implements AutoCloseable {

  private final EmbeddedServer server;
  private final HttpClient client;

  private HttpTester(EmbeddedServer server, HttpClient client) {
    this.server = server;
    this.client = client;
  }

  static HttpTester start() throws IOException {
    return start(ServerConfig.loopback(), Version.HTTP_1_1);
  }

  /** The client speaks that version if the server does, and trusts no certificate but its. */
  static HttpTester start(ServerConfig config, Version version) throws IOException {
    EmbeddedServer server = EmbeddedServer.start(config);
    HttpClient.Builder client =
        HttpClient.newBuilder().version(version).followRedirects(Redirect.ALWAYS);
    server.identity().ifPresent(identity -> client.sslContext(trusting(identity)));
    return new HttpTester(server, client.build());
  }

  /** A context for clients that trust the certificate of this server and no other. */
  static SSLContext trusting(Identity identity) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", identity.chain().getFirst());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  HttpClient client() {
    return client;
  }

  EmbeddedServer server() {
    return server;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.uri(path));
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<byte[]> send(String method, String path, String body)
      throws IOException, InterruptedException {
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return send(request(path).method(method, publisher));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
