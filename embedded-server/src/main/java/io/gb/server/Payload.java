package io.gb.server;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * The content of all bodies: 10k.dat, and 10k.dat repeated without end. It is the same in every run
 * and does not compress. There is one copy, outside the heap, shared read-only.
 */
final class Payload {

  /** Length of 10k.dat in bytes. */
  static final int TEN_K = 10_240;

  private static final long SEED = 10_240;
  private static final int REPEATS = 8;
  private static final ByteBuffer BLOCK = block();

  private Payload() {}

  /** 10k.dat, as a new view. */
  static ByteBuffer tenK() {
    return BLOCK.duplicate().limit(TEN_K);
  }

  /**
   * A new view of the endless repetition from {@code offset} on.
   *
   * @param offset in bytes, 0 or more
   * @param limit the largest number of bytes to return, 1 or more
   * @return at least one byte, at most {@code limit}
   */
  static ByteBuffer from(long offset, long limit) {
    int start = (int) (offset % TEN_K);
    int length = (int) Math.min(limit, BLOCK.capacity() - start);
    return BLOCK.duplicate().position(start).limit(start + length);
  }

  /** A hash of 10k.dat, 16 hexadecimal digits. */
  static String fingerprint() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(tenK());
      return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static ByteBuffer block() {
    byte[] tenK = new byte[TEN_K];
    new SplittableRandom(SEED).nextBytes(tenK);
    ByteBuffer block = ByteBuffer.allocateDirect(REPEATS * TEN_K);
    for (int i = 0; i < REPEATS; i++) {
      block.put(tenK);
    }
    return block.flip().asReadOnlyBuffer();
  }
}
