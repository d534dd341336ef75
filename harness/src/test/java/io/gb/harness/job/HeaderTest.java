package io.gb.harness.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gb.leaks.junit.NoThreadLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoThreadLeaks
class HeaderTest {

  @ParameterizedTest
  @CsvSource({
    "X-Key, X-Key: a",
    "Authorization, Authorization: ***",
    "proxy-authorization, proxy-authorization: ***",
    "COOKIE, COOKIE: ***"
  })
  void textTellsNoSecret(String name, String text) {
    assertThat(new Header(name, "a")).hasToString(text);
  }

  /** All punctuation that a token may have (RFC 9110, section 5.6.2). */
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

  @ParameterizedTest
  @ValueSource(strings = {"Host", "x", "X-1", TOKEN_PUNCTUATION})
  void tokenIsAName(String name) {
    assertThat(new Header(name, "").name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a b", "a:", "a\t", "a\r\nb", "é", "\u007f", "(", ")", "<", ">", "@", ",", ";",
        "\\", "\"", "/", "[", "]", "?", "=", "{", "}"
      })
  void anythingElseIsNoName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Header(name, "value"))
        .withMessage("not a header name: '" + name + "'");
  }

  @Test
  void everyVisibleAsciiCharacterIsATokenCharacterOrASeparator() {
    String separators = "\"(),/:;<=>?@[\\]{}";
    for (char c = '!'; c <= '~'; c++) {
      String name = String.valueOf(c);
      if (separators.indexOf(c) < 0) {
        assertThat(new Header(name, "").name()).isEqualTo(name);
      } else {
        assertThatIllegalArgumentException().isThrownBy(() -> new Header(name, ""));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", " a ", "a\tb", "!Y10K:;(He@poverflow?)=", "a: b", "é", "日本"})
  void valueMayHoldAllButControlCharacters(String value) {
    assertThat(new Header("X", value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "a\r\nX-Smuggled: 1", "\0", "\u001f", "\u007f", "\u000b"})
  void controlCharacterInTheValueIsRefused(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Header("X-Name", value))
        .withMessage("control character in the value of header X-Name");
  }
}
