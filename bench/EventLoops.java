import com.sun.management.OperatingSystemMXBean;
import io.gb.harness.Benchmark;
import io.gb.harness.BenchmarkConfig;
import io.gb.harness.http.EngineKind;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * What an event loop can be built on, and what that costs: processor time of each request, of one
 * thread with all connections. All but two candidates know how many bytes a response has and look at
 * none of them: that is the least which the layer below costs. {@code netty-codec} reads responses
 * with Netty's own codec, and {@code gb} is the whole of gb, with its queue and its histograms.
 * {@code bench/event-loops.sh} runs them in turns.
 *
 * <pre>
 * EventLoops nio|netty-nio|netty-epoll|netty-uring|netty-codec|gb URL CONNECTIONS WARM_UP REQUESTS
 * </pre>
 */
public class EventLoops {

  private interface Client {
    /** Sends so many requests and returns when all are answered. */
    void run(int connections, long requests) throws Exception;
  }

  private static URI uri;
  private static byte[] request;
  private static int responseBytes;

  public static void main(String[] args) throws Exception {
    uri = URI.create(args[1]);
    request =
        ("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    responseBytes = measureResponse();
    Client client =
        switch (args[0]) {
          case "nio" -> EventLoops::nio;
          case "netty-nio" -> netty(NioIoHandler.newFactory(), NioSocketChannel.class, false);
          case "netty-epoll" -> netty(EpollIoHandler.newFactory(), EpollSocketChannel.class, false);
          case "netty-uring" ->
              netty(IoUringIoHandler.newFactory(), IoUringSocketChannel.class, false);
          case "netty-codec" -> netty(EpollIoHandler.newFactory(), EpollSocketChannel.class, true);
          case "gb" -> EventLoops::gb;
          default -> throw new IllegalArgumentException(args[0]);
        };
    int connections = Integer.parseInt(args[2]);
    long requests = Long.parseLong(args[4]);
    client.run(connections, Long.parseLong(args[3]));
    long cpu = cpuNanos();
    long start = System.nanoTime();
    client.run(connections, requests);
    System.out.printf(
        Locale.ROOT,
        "%s %.3f %.0f%n",
        args[0],
        (cpuNanos() - cpu) / 1e3 / requests,
        requests * 1e9 / (System.nanoTime() - start));
    System.exit(0);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  /** How many bytes the response to the request has. */
  private static int measureResponse() throws IOException {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write(request);
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        head.write(socket.getInputStream().read());
      }
      String length = head.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      length = length.substring(length.indexOf("content-length:") + 15);
      return head.size() + Integer.parseInt(length.substring(0, length.indexOf('\r')).strip());
    }
  }

  /** Jobs that are left to begin, and responses that are left to arrive; of one thread. */
  private static final class Countdown {
    private long unsent;
    private long unanswered;
    private final CountDownLatch done = new CountDownLatch(1);

    Countdown(long requests) {
      unsent = requests;
      unanswered = requests;
    }

    boolean mayBegin() {
      return unsent-- > 0;
    }

    void answered() {
      if (--unanswered == 0) {
        done.countDown();
      }
    }
  }

  private static final class NioConnection {
    private final ByteBuffer out = ByteBuffer.allocateDirect(request.length).put(request);
    private final SocketChannel channel;
    private int left = responseBytes;

    NioConnection(Selector selector) throws IOException {
      channel = SocketChannel.open(address());
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send() throws IOException {
      channel.write(out.rewind());
    }
  }

  private static void nio(int connections, long requests) throws IOException {
    Countdown countdown = new Countdown(requests);
    ByteBuffer in = ByteBuffer.allocateDirect(128 * 1024);
    List<NioConnection> all = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections && countdown.mayBegin(); i++) {
        all.add(new NioConnection(selector));
        all.getLast().send();
      }
      while (countdown.unanswered > 0) {
        selector.select(key -> {
          try {
            NioConnection connection = (NioConnection) key.attachment();
            connection.left -= connection.channel.read(in.clear());
            if (connection.left == 0) {
              connection.left = responseBytes;
              countdown.answered();
              if (countdown.mayBegin()) {
                connection.send();
              }
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
      }
    } finally {
      for (NioConnection connection : all) {
        connection.channel.close();
      }
    }
  }

  private static Client netty(
      IoHandlerFactory handlers, Class<? extends Channel> channelType, boolean codec) {
    return (connections, requests) -> {
      Countdown countdown = new Countdown(requests);
      EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handlers);
      try {
        Bootstrap bootstrap =
            new Bootstrap()
                .group(group)
                .channel(channelType)
                .handler(
                    new ChannelInitializer<Channel>() {
                      @Override
                      protected void initChannel(Channel channel) {
                        if (codec) {
                          channel.pipeline().addLast(new HttpClientCodec());
                          channel.pipeline().addLast(new CodecHandler(countdown));
                        } else {
                          channel.pipeline().addLast(new BytesHandler(countdown));
                        }
                      }
                    });
        for (int i = 0; i < connections; i++) {
          bootstrap.connect(address());
        }
        countdown.done.await();
      } finally {
        group.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).await();
      }
    };
  }

  private static final class BytesHandler extends ChannelInboundHandlerAdapter {
    private final Countdown countdown;
    private final ByteBuf out =
        Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(request.length).writeBytes(request).asReadOnly());
    private int left = responseBytes;

    BytesHandler(Countdown countdown) {
      this.countdown = countdown;
    }

    private void next(ChannelHandlerContext context) {
      if (countdown.mayBegin()) {
        context.writeAndFlush(out.resetReaderIndex(), context.voidPromise());
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      next(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      left -= bytes.readableBytes();
      bytes.release();
      if (left == 0) {
        left = responseBytes;
        countdown.answered();
        next(context);
      }
    }
  }

  private static final class CodecHandler extends ChannelInboundHandlerAdapter {
    private final Countdown countdown;

    CodecHandler(Countdown countdown) {
      this.countdown = countdown;
    }

    private void next(ChannelHandlerContext context) {
      if (countdown.mayBegin()) {
        DefaultFullHttpRequest get =
            new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri.getPath());
        get.headers().set(HttpHeaderNames.HOST, uri.getAuthority());
        context.writeAndFlush(get, context.voidPromise());
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      next(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      boolean last = message instanceof LastHttpContent;
      ReferenceCountUtil.release(message);
      if (last) {
        countdown.answered();
        next(context);
      }
    }
  }

  private static void gb(int connections, long requests) throws Exception {
    long failed =
        Benchmark.run(
                BenchmarkConfig.builder(uri)
                    .engine(EngineKind.LOOP)
                    .threads(1)
                    .concurrency(connections)
                    .requests(requests)
                    .keepAlive(true)
                    .build())
            .failed();
    if (failed > 0) {
      throw new IllegalStateException(failed + " failed");
    }
  }
}
