package io.gb.leaks.dump;

import java.util.Arrays;

/**
 * A set of addresses of objects that numbers them in ascending order. An address is a multiple of 8
 * below 2^48, as the addresses of 64-bit JVMs on Linux, macOS and Windows are.
 */
@SuppressWarnings("ReferenceEquality") // There is one empty page, and one empty area.
final class AddressSet {

  /*
   * An area covers 4 GB of addresses and refers to pages, which cover 64 kB each; both exist only
   * where there are objects. A full page has one bit for each of its 8192 addresses. It consists of
   * 128 pairs of longs: the bits of 512 bytes of addresses, and the number of the first object among
   * them, side by side so that one cache line has both. A page with few objects is a sorted array
   * instead: the upper half of each long says which of the 8192 addresses, the lower half is the
   * number of the object.
   */

  private static final int ALIGNMENT_BITS = 3;
  private static final int WORD_BITS = 9;
  private static final int PAGE_BITS = 16;
  private static final int AREA_BITS = 32;
  private static final int ADDRESS_BITS = 48;
  private static final int WORDS = 1 << (PAGE_BITS - WORD_BITS);
  private static final int PAGES = 1 << (AREA_BITS - PAGE_BITS);
  private static final int FULL = 2 * WORDS;
  private static final int FEW = FULL / 4;
  private static final int GROWTH = 4;
  private static final long FREE = Long.MAX_VALUE;
  private static final long[] NO_PAGE = new long[FULL];
  private static final long[][] NO_AREA = emptyArea();

  private final long[][][] areas = new long[1 << (ADDRESS_BITS - AREA_BITS)][][];
  private final long memory;
  private long areasLeft;

  /**
   * Creates an empty set.
   *
   * @param memory how many bytes the whole proof may take. The set takes at most half of them, also
   *     if the addresses lie far apart
   */
  AddressSet(long memory) {
    this.memory = memory;
    areasLeft = memory / 2 / (Long.BYTES * PAGES);
    Arrays.fill(areas, NO_AREA);
  }

  private static long[][] emptyArea() {
    long[][] area = new long[PAGES][];
    Arrays.fill(area, NO_PAGE);
    return area;
  }

  private static boolean isAddress(long value) {
    return value >>> ADDRESS_BITS == 0 && (value & ((1 << ALIGNMENT_BITS) - 1)) == 0;
  }

  /**
   * Adds an address; its number is known only after {@link #number}.
   *
   * @throws DumpFormatException if it is in the set already, is no address of an object, or if the
   *     addresses lie too far apart
   */
  void add(long address) throws DumpFormatException {
    if (!isAddress(address)) {
      throw new DumpFormatException(
          "is damaged or foreign: no object has the address 0x" + Long.toHexString(address));
    }
    long[] page = page(address);
    boolean isNew;
    if (page.length < FULL) {
      isNew = addToFew(page, address);
    } else if (page == NO_PAGE) {
      isNew = addToFew(setPage(address, freePage(GROWTH)), address);
    } else {
      isNew = addToFull(page, address);
    }
    if (!isNew) {
      throw new DumpFormatException("is damaged: two objects have the same id");
    }
  }

  private static boolean addToFull(long[] page, long address) {
    int word = word(address);
    long before = page[word];
    page[word] |= bit(address);
    return page[word] != before;
  }

  private boolean addToFew(long[] page, long address) throws DumpFormatException {
    int at = at(page, address);
    if (at < page.length && page[at] == entry(address)) {
      return false;
    }
    if (page[page.length - 1] != FREE) {
      long[] larger = setPage(address, page.length < FEW ? more(page) : filled(page));
      return larger.length < FULL ? addToFew(larger, address) : addToFull(larger, address);
    }
    System.arraycopy(page, at, page, at + 1, page.length - at - 1);
    page[at] = entry(address);
    return true;
  }

  private static long[] freePage(int length) {
    long[] page = new long[length];
    Arrays.fill(page, FREE);
    return page;
  }

  private static long[] more(long[] few) {
    long[] page = freePage(few.length * GROWTH);
    System.arraycopy(few, 0, page, 0, few.length);
    return page;
  }

  private static long[] filled(long[] few) {
    long[] page = new long[FULL];
    for (long entry : few) {
      addToFull(page, entry >>> Integer.SIZE << ALIGNMENT_BITS);
    }
    return page;
  }

  private long[] setPage(long address, long[] page) throws DumpFormatException {
    int area = (int) (address >>> AREA_BITS);
    if (areas[area] == NO_AREA) {
      if (areasLeft-- <= 0) {
        throw new DumpFormatException(
            "has objects that lie too far apart for " + (memory >>> 20) + " MB of memory");
      }
      areas[area] = emptyArea();
    }
    areas[area][pageOfArea(address)] = page;
    return page;
  }

  /** Numbers all addresses in ascending order, from 0. */
  void number() {
    int number = 0;
    for (long[][] area : areas) {
      if (area != NO_AREA) {
        for (long[] page : area) {
          if (page != NO_PAGE) {
            number = page.length < FULL ? numberFew(page, number) : numberFull(page, number);
          }
        }
      }
    }
  }

  private static int numberFull(long[] page, int first) {
    int number = first;
    for (int word = 0; word < FULL; word += 2) {
      page[word + 1] = number;
      number += Long.bitCount(page[word]);
    }
    return number;
  }

  private static int numberFew(long[] page, int first) {
    int number = first;
    for (int i = 0; i < page.length && page[i] != FREE; i++) {
      page[i] += number++;
    }
    return number;
  }

  /** The number of an address, or -1 if it is not in the set. */
  int find(long address) {
    if (!isAddress(address)) {
      return -1;
    }
    long[] page = page(address);
    if (page.length < FULL) {
      int at = at(page, address);
      boolean found =
          at < page.length && page[at] >>> Integer.SIZE == entry(address) >>> Integer.SIZE;
      return found ? (int) page[at] : -1;
    }
    int word = word(address);
    long bit = bit(address);
    long bits = page[word];
    return (bits & bit) == 0 ? -1 : (int) page[word + 1] + Long.bitCount(bits & (bit - 1));
  }

  private long[] page(long address) {
    return areas[(int) (address >>> AREA_BITS)][pageOfArea(address)];
  }

  private static int pageOfArea(long address) {
    return (int) (address >>> PAGE_BITS) & (PAGES - 1);
  }

  /** The index of an address in a page with few objects, or where it would be inserted. */
  private static int at(long[] page, long address) {
    int at = Arrays.binarySearch(page, entry(address));
    return at < 0 ? -1 - at : at;
  }

  private static long entry(long address) {
    return (address & ((1 << PAGE_BITS) - 1)) >>> ALIGNMENT_BITS << Integer.SIZE;
  }

  private static int word(long address) {
    return 2 * ((int) (address >>> WORD_BITS) & (WORDS - 1));
  }

  private static long bit(long address) {
    return 1L << (address >>> ALIGNMENT_BITS);
  }
}
