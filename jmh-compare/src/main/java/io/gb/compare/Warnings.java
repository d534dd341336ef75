package io.gb.compare;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects warnings, one for each text, however many rows it concerns. Not thread-safe. */
final class Warnings {

  private record Key(Warning.Kind kind, String text) {}

  private final Map<Key, Set<String>> labels = new LinkedHashMap<>();

  /** Adds a warning about the row or benchmark with a label. */
  void add(Warning.Kind kind, String text, String label) {
    labels.computeIfAbsent(new Key(kind, text), key -> new LinkedHashSet<>()).add(label);
  }

  /** Returns the warnings in the order of their kinds. */
  List<Warning> toList() {
    return labels.entrySet().stream()
        .map(e -> new Warning(e.getKey().kind(), e.getKey().text(), List.copyOf(e.getValue())))
        .sorted((one, other) -> one.kind().compareTo(other.kind()))
        .toList();
  }
}
