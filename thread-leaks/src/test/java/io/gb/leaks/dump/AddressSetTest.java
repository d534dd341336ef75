package io.gb.leaks.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of addresses beside the JDK's set of numbers. */
class AddressSetTest {

  private static final long END = 1L << 48;
  private static final long MEMORY = 128L << 20;

  /** Dense here, sparse there, and on both sides of where one page or area ends. */
  private static NavigableSet<Long> addresses(RandomGenerator random) {
    NavigableSet<Long> addresses = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      long start = random.nextLong(END) >>> random.nextInt(40);
      long gap = 8L << random.nextInt(22);
      for (int j = 0; j < 200; j++) {
        add(addresses, start + random.nextLong(gap * 200));
      }
      long border = start >>> 32 << 32;
      add(addresses, border);
      add(addresses, border - 8);
    }
    add(addresses, 0);
    add(addresses, END - 8);
    return addresses;
  }

  private static void add(NavigableSet<Long> addresses, long address) {
    if (address >= 0 && address < END) {
      addresses.add(address & -8);
    }
  }

  @RepeatedTest(20)
  void addressesAreNumberedAsTheyRise() throws Exception {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
    NavigableSet<Long> expected = addresses(random);
    AddressSet set = new AddressSet(MEMORY);
    for (long address : expected.descendingSet()) {
      set.add(address);
    }
    set.number();

    int number = 0;
    for (long address : expected) {
      assertThat(set.find(address)).as("seed %d", seed).isEqualTo(number++);
      assertThat(set.find(address + 1 + random.nextInt(7))).as("seed %d", seed).isEqualTo(-1);
      for (long neighbour : new long[] {address - 8, address + 8, random.nextLong(), -address}) {
        if (!expected.contains(neighbour)) {
          assertThat(set.find(neighbour)).as("seed %d, %x", seed, neighbour).isEqualTo(-1);
        }
      }
    }
  }

  /** With few and with many on its page. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 64, 65, 8192})
  void anAddressIsThereOnceOnly(int count) throws Exception {
    AddressSet set = new AddressSet(MEMORY);
    for (int i = 0; i < count; i++) {
      set.add(8L * i);
    }
    for (int i = 0; i < count; i++) {
      long address = 8L * i;
      assertThatThrownBy(() -> set.add(address))
          .isInstanceOf(DumpFormatException.class)
          .hasMessage("is damaged: two objects have the same id");
    }
  }

  @Test
  void addressesAllOverTheMachineAreRefusedBeforeMemoryEnds() throws Exception {
    AddressSet set = new AddressSet(MEMORY);
    assertThatThrownBy(
            () -> {
              for (long address = 0; address < END; address += 1L << 32) {
                set.add(address);
              }
            })
        .isInstanceOf(DumpFormatException.class)
        .hasMessage("has objects that lie too far apart for 128 MB of memory");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 12, END, END + 8, -8, Long.MIN_VALUE})
  void whatIsNoAddressIsRefused(long address) {
    assertThatThrownBy(() -> new AddressSet(MEMORY).add(address))
        .isInstanceOf(DumpFormatException.class)
        .hasMessage(
            "is damaged or foreign: no object has the address 0x" + Long.toHexString(address));
  }
}
