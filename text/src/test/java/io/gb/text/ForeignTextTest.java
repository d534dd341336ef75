package io.gb.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {

  private static final String CLEAR_SCREEN = "\u001b[2J";

  @ParameterizedTest
  @ValueSource(
      strings = {"", "main", "C:\\temp\\new", "Zoë 日本 😀", "👩\u200d💻", "\"quoted\", it's <b>"})
  void harmlessTextStaysAsItIs(String text) {
    assertThat(ForeignText.line(text)).isEqualTo(text);
    assertThat(ForeignText.lines(text)).isEqualTo(text);
  }

  @Test
  void whatTerminalsObeyIsShownInstead() {
    assertThat(ForeignText.line("a" + CLEAR_SCREEN + "\r\n\tb\u0000\u007f\u009b"))
        .isEqualTo("a\\u001b[2J\\r\\n\\tb\\u0000\\u007f\\u009b");
    assertThat(ForeignText.line("\u202egpj.exe \u2066x \u200f \u2028 \u00ad \ufeff"))
        .isEqualTo("\\u202egpj.exe \\u2066x \\u200f \\u2028 \\u00ad \\ufeff");
    assertThat(ForeignText.line("\ud83d!" + Character.toString(0xE0041)))
        .isEqualTo("\\ud83d!\\udb40\\udc41");
  }

  @Test
  void severalLinesKeepTheirBreaksAndNothingElse() {
    assertThat(ForeignText.lines("one\n\ttwo\r\n" + CLEAR_SCREEN))
        .isEqualTo("one\n\ttwo\\r\n\\u001b[2J");
  }

  @Test
  void aLongLineIsCutAndSaysSo() {
    assertThat(ForeignText.line("12345", 5)).isEqualTo("12345");
    assertThat(ForeignText.line("123456", 5)).isEqualTo("1234…");
    assertThat(ForeignText.line("\n\n\n", 5)).isEqualTo("\\n\\n…");
    assertThat(ForeignText.line("123😀5", 5)).isEqualTo("123…");
    assertThat(ForeignText.line("x", 1)).isEqualTo("x");
    assertThat(ForeignText.line("xy", 1)).isEqualTo("…");
  }

  @Test
  void markupIsText() {
    assertThat(ForeignText.html("<a href='x' title=\"y\">&\u001b"))
        .isEqualTo("&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;\\u001b");
    assertThat(ForeignText.markdown("@name #1 https://x.y *b* <i>|\n"))
        .isEqualTo("`@name #1 https://x.y *b* <i>\\|\\n`");
    assertThat(ForeignText.markdown("a``b")).isEqualTo("``` a``b ```");
    assertThat(ForeignText.markdown("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '~',
      value = {
        "plain -> plain",
        "a,b -> \"a,b\"",
        "say \"x\" -> \"say \"\"x\"\"\"",
        "=1+1 -> '=1+1",
        "@SUM(A1) -> '@SUM(A1)",
        "-1,=x -> \"'-1,=x\""
      })
  void aCellIsNeitherTwoNorAFormula(String text, String cell) {
    assertThat(ForeignText.csv(text)).isEqualTo(cell);
  }

  @Test
  void nothingObeyedIsLeftOfRandomText() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
      }
      int most = 1 + random.nextInt(30);
      String line = ForeignText.line(text.toString(), most);
      assertThat(line.length()).as("seed %d", seed).isLessThanOrEqualTo(most);
      assertThat(line.codePoints())
          .as("seed %d", seed)
          .noneMatch(letter -> Character.isISOControl(letter) || letter == 0x202E);
    }
  }
}
