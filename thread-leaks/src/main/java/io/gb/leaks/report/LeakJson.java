package io.gb.leaks.report;

import io.gb.leaks.LeakReport;
import io.gb.leaks.proof.ClassUsage;
import io.gb.leaks.proof.ThreadFinding;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Renders a report as JSON, for programs. */
public final class LeakJson {

  private final LeakReport report;
  private final StringBuilder out = new StringBuilder();

  private LeakJson(LeakReport report) {
    this.report = report;
  }

  /**
   * Renders a report.
   *
   * @param report which one
   * @return a JSON object, and a line feed behind it
   */
  public static String of(LeakReport report) {
    return new LeakJson(report).render();
  }

  private String render() {
    out.append("{\n");
    out.append("  \"javaVersion\": ").append(quoted(report.javaVersion())).append(",\n");
    out.append("  \"samples\": ").append(report.samples()).append(",\n");
    out.append("  \"liveHeapBytes\": ").append(report.liveHeapBytes()).append(",\n");
    out.append("  \"leakedBytes\": ").append(report.leakedBytes()).append(",\n");
    list("threads", report.threads(), LeakJson::thread);
    out.append(",\n");
    list("classes", report.classes(), LeakJson::usage);
    out.append(",\n");
    list("assumptions", report.assumptions(), (to, text) -> to.append(quoted(text)));
    return out.append("\n}\n").toString();
  }

  private <T> void list(String name, List<T> values, BiConsumer<StringBuilder, T> render) {
    out.append("  \"").append(name).append("\": [");
    String separator = "\n    ";
    for (T value : values) {
      out.append(separator);
      render.accept(out, value);
      separator = ",\n    ";
    }
    out.append(values.isEmpty() ? "]" : "\n  ]");
  }

  private static void thread(StringBuilder to, ThreadFinding thread) {
    to.append("{\"name\": ").append(quoted(thread.name()));
    to.append(", \"id\": ").append(thread.id());
    to.append(", \"virtual\": ").append(thread.virtual());
    to.append(", \"daemon\": ").append(thread.daemon());
    to.append(", \"state\": ").append(quoted(thread.state()));
    to.append(", \"verdict\": ").append(quoted(thread.verdict().name()));
    to.append(", \"reason\": ").append(quoted(thread.reason()));
    to.append(", \"blocker\": ").append(quoted(thread.blocker()));
    to.append(", \"retainedBytes\": ").append(thread.retainedBytes());
    to.append(", \"sharedBytes\": ").append(thread.sharedBytes());
    to.append(", \"stack\": ").append(quoted(thread.stack()));
    to.append(", \"path\": ").append(quoted(thread.path())).append('}');
  }

  private static void usage(StringBuilder to, ClassUsage usage) {
    to.append("{\"name\": ").append(quoted(usage.className()));
    to.append(", \"instances\": ").append(usage.instances());
    to.append(", \"bytes\": ").append(usage.bytes());
    to.append(", \"leakedBytes\": ").append(usage.leakedBytes()).append('}');
  }

  private static String quoted(List<String> texts) {
    StringBuilder list = new StringBuilder("[");
    for (String text : texts) {
      list.append(list.length() == 1 ? "" : ", ").append(quoted(text));
    }
    return list.append(']').toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
