package io.gb.compare.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModesTest {

  @Test
  void twoGroupsFarApartAreFound() {
    assertThat(Modes.isBimodal(new double[] {100, 131, 101, 130, 100.5, 130.5}, 0.02)).isTrue();
  }

  @Test
  void oneOutlierIsNoGroup() {
    assertThat(Modes.isBimodal(new double[] {100, 101, 100.5, 102, 150}, 0.02)).isFalse();
  }

  @Test
  void oneOrTwoFarFromAllOthersAreStragglers() {
    double[] one = {100, 101, 100.5, 102, 150};
    double[] two = {100, 101, 10, 100.5, 102, 11};
    assertThat(Modes.hasStragglers(one, 0.25)).isTrue();
    assertThat(Modes.hasStragglers(two, 0.25)).isTrue();
    assertThat(Modes.hasStragglers(one, 0.6)).isFalse();
    // Far from the others on either side, and from each other.
    double[] bothSides = {50, 100, 100.1, 100.2, 100.3, 100.4, 150};
    double[] apart = {100, 100.1, 100.2, 100.3, 100.4, 150, 300};
    assertThat(Modes.hasStragglers(bothSides, 0.25)).isTrue();
    assertThat(Modes.hasStragglers(apart, 0.25)).isTrue();
    assertThat(Modes.hasStragglers(new double[] {100, 110, 105, 125}, 0.1)).isFalse();
    assertThat(Modes.hasStragglers(new double[] {100, 100, 100, 200, 200, 200}, 0.25)).isFalse();
    assertThat(Modes.hasStragglers(new double[] {100, 100, 900}, 0.25)).isFalse();
  }

  @Test
  void evenlySpreadValuesAreOneGroup() {
    assertThat(Modes.isBimodal(new double[] {100, 105, 110, 115, 120, 125}, 0.02)).isFalse();
  }

  @Test
  void groupsThatAreCloseDoNotMatter() {
    assertThat(Modes.isBimodal(new double[] {100, 100, 100.5, 100.5}, 0.02)).isFalse();
  }
}
