package io.gb.leaks.dump;

import java.util.Arrays;

/**
 * A set of addresses of objects that numbers them by rising address. An address is a multiple of 8
 * below 2^48, as those of 64-bit JVMs are.
 */
@SuppressWarnings("ReferenceEquality") // There is one empty page, and one empty area.
final class AddressSet {

  /*
   * A bit for each address: in pages of 64 kB of addresses, which exist only where there are
   * objects, found through areas of 4 GB. A page has 128 pairs of longs: the bits of 512 bytes of
   * addresses, and how many objects there are in front of those, side by side for the cache.
   */

  private static final int ALIGNMENT_BITS = 3;
  private static final int WORD_BITS = 9;
  private static final int PAGE_BITS = 16;
  private static final int AREA_BITS = 32;
  private static final int ADDRESS_BITS = 48;
  private static final int WORDS = 1 << (PAGE_BITS - WORD_BITS);
  private static final int PAGES = 1 << (AREA_BITS - PAGE_BITS);
  private static final long[] NO_PAGE = new long[2 * WORDS];
  private static final long[][] NO_AREA = area();

  private final long[][][] areas = new long[1 << (ADDRESS_BITS - AREA_BITS)][][];

  AddressSet() {
    Arrays.fill(areas, NO_AREA);
  }

  private static long[][] area() {
    long[][] area = new long[PAGES][];
    Arrays.fill(area, NO_PAGE);
    return area;
  }

  private static boolean isAddress(long value) {
    return value >>> ADDRESS_BITS == 0 && (value & ((1 << ALIGNMENT_BITS) - 1)) == 0;
  }

  /**
   * Adds an address; numbers are known after {@link #number} only.
   *
   * @throws DumpFormatException if it is there already, or is none
   */
  void add(long address) throws DumpFormatException {
    if (!isAddress(address)) {
      throw new DumpFormatException(
          "is damaged or foreign: no object has the address 0x" + Long.toHexString(address));
    }
    long[] page = page(address);
    if (page == NO_PAGE) {
      page = newPage(address);
    }
    int word = word(address);
    long bit = bit(address);
    if ((page[word] & bit) != 0) {
      throw new DumpFormatException("is damaged: two objects have the same id");
    }
    page[word] |= bit;
  }

  private long[] newPage(long address) {
    int area = (int) (address >>> AREA_BITS);
    if (areas[area] == NO_AREA) {
      areas[area] = area();
    }
    long[] page = new long[2 * WORDS];
    areas[area][(int) (address >>> PAGE_BITS) & (PAGES - 1)] = page;
    return page;
  }

  /** Numbers all addresses from 0. */
  void number() {
    long number = 0;
    for (long[][] area : areas) {
      if (area != NO_AREA) {
        for (long[] page : area) {
          if (page != NO_PAGE) {
            for (int word = 0; word < page.length; word += 2) {
              page[word + 1] = number;
              number += Long.bitCount(page[word]);
            }
          }
        }
      }
    }
  }

  /** The number of an address, or -1 if it is not in the set. */
  int find(long address) {
    if (!isAddress(address)) {
      return -1;
    }
    long[] page = page(address);
    int word = word(address);
    long bit = bit(address);
    long bits = page[word];
    return (bits & bit) == 0 ? -1 : (int) page[word + 1] + Long.bitCount(bits & (bit - 1));
  }

  private long[] page(long address) {
    return areas[(int) (address >>> AREA_BITS)][(int) (address >>> PAGE_BITS) & (PAGES - 1)];
  }

  private static int word(long address) {
    return 2 * ((int) (address >>> WORD_BITS) & (WORDS - 1));
  }

  private static long bit(long address) {
    return 1L << (address >>> ALIGNMENT_BITS);
  }
}
