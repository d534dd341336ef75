package io.gb.server;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A server on a free port and a JDK client for it. */
final class HttpTester implements AutoCloseable {

  private final EmbeddedServer server;
  private final HttpClient client;

  private HttpTester(EmbeddedServer server, HttpClient client) {
    this.server = server;
    this.client = client;
  }

  static HttpTester start() throws IOException {
    EmbeddedServer server = EmbeddedServer.start();
    HttpClient client =
        HttpClient.newBuilder().version(Version.HTTP_1_1).followRedirects(Redirect.ALWAYS).build();
    return new HttpTester(server, client);
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
