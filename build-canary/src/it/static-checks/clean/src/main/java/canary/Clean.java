package canary;

import java.util.List;
import org.jspecify.annotations.Nullable;

final class Clean {
  private Clean() {}

  static @Nullable String firstOrNull(List<String> names) {
    return names.isEmpty() ? null : names.get(0);
  }
}
