package io.gb.compare;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects warnings, one for each text however many rows it concerns. */
final class Warnings {

  private record Key(Warning.Kind kind, String text) {}

  private final Map<Key, Set<String>> labels = new LinkedHashMap<>();

  /** Adds one that concerns the row or benchmark of this label. */
  void add(Warning.Kind kind, String text, String label) {
    labels.computeIfAbsent(new Key(kind, text), _ -> new LinkedHashSet<>()).add(label);
  }

  /** Returns them by kind. */
  List<Warning> toList() {
    return labels.entrySet().stream()
        .map(e -> new Warning(e.getKey().kind(), e.getKey().text(), List.copyOf(e.getValue())))
        .sorted((one, other) -> one.kind().compareTo(other.kind()))
        .toList();
  }
}
