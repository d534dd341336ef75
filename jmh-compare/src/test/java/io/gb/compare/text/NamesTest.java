package io.gb.compare.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void aFewAreNamedAndTheOthersCounted() {
    assertThat(Names.few(List.of("a"))).isEqualTo("a");
    assertThat(Names.few(List.of("a", "b", "c"))).isEqualTo("a; b; c");
    assertThat(Names.few(List.of("a", "b", "c", "d", "e"))).isEqualTo("a; b; c and 2 more");
  }
}
