package canary;

import java.util.List;

final class RawList {
  private RawList() {}

  static int size(List names) {
    return names.size();
  }
}
