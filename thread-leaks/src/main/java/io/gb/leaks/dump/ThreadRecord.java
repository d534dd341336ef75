package io.gb.leaks.dump;

/** A thread in a dump: its object, its stack trace, and what its frames refer to. */
public final class ThreadRecord {

  private final long id;
  private final long traceSerial;
  private final LongList roots = new LongList();
  private final LongList depths = new LongList();

  ThreadRecord(long id, long traceSerial) {
    this.id = id;
    this.traceSerial = traceSerial;
  }

  void addRoot(long rootId, int depth) {
    roots.add(rootId);
    depths.add(depth);
  }

  /** {@return the id of the Thread object} */
  public long id() {
    return id;
  }

  long traceSerial() {
    return traceSerial;
  }

  /** {@return the ids of what its frames refer to, in the order of the dump} */
  public LongList roots() {
    return roots;
  }

  /**
   * {@return the frame that refers to a root: 0 for the top one, negative if unknown}
   *
   * @param root the index of the root in {@link #roots}
   */
  public int depth(int root) {
    return (int) depths.get(root);
  }
}
