import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;

/**
 * Does HttpClient spend less with a connection manager for each worker, or with one pool for all?
 * Alternates the two in one JVM and prints the processor time of each request.
 *
 * <p>Build first ({@code ./gb -V} does), start a server on another processor, then:
 *
 * <pre>
 * taskset -c 1 java -XX:+UseSerialGC -cp cli/target/gb.jar bench/PoolOrOwn.java \
 *     http://127.0.0.1:8000/10k.dat 100 200000 5
 * </pre>
 *
 * <p>The arguments are URL, workers, requests and rounds; a first round is a warm-up and not shown.
 */
public class PoolOrOwn {

  public static void main(String[] args) throws Exception {
    int workers = Integer.parseInt(args[1]);
    int requests = Integer.parseInt(args[2]);
    int rounds = Integer.parseInt(args[3]);
    for (int round = 0; round <= rounds; round++) {
      double own = microsPerRequest(args[0], workers, requests, false);
      double pool = microsPerRequest(args[0], workers, requests, true);
      if (round > 0) {
        System.out.printf(
            Locale.ROOT,
            "own manager %.2f us, pool %.2f us, pool/own %.2f%n",
            own,
            pool,
            pool / own);
      }
    }
  }

  private static double microsPerRequest(String url, int workers, int requests, boolean pooled)
      throws Exception {
    List<CloseableHttpClient> clients = new ArrayList<>();
    if (pooled) {
      clients.add(
          client(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setMaxConnTotal(workers)
                  .setMaxConnPerRoute(workers)
                  .build()));
    } else {
      for (int i = 0; i < workers; i++) {
        clients.add(client(new BasicHttpClientConnectionManager()));
      }
    }
    long start = cpuNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      CloseableHttpClient client = clients.get(i % clients.size());
      threads.add(Thread.startVirtualThread(() -> get(client, url, requests / workers)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double micros = (cpuNanos() - start) / 1e3 / (requests / workers * workers);
    clients.forEach(client -> client.close(CloseMode.IMMEDIATE));
    return micros;
  }

  private static CloseableHttpClient client(HttpClientConnectionManager connections) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        .disableConnectionState()
        .build();
  }

  private static void get(CloseableHttpClient client, String url, int times) {
    try {
      for (int i = 0; i < times; i++) {
        client.execute(
            new HttpGet(url),
            response -> {
              EntityUtils.consume(response.getEntity());
              return response.getCode();
            });
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean)
            ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
