package io.gb.harness.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gb.leaks.junit.NoThreadLeaks;
import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NoThreadLeaks
class HttpUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "http://h/日本/€?q=😀 => http://h/%E6%97%A5%E6%9C%AC/%E2%82%AC?q=%F0%9F%98%80",
        "http://h/a b?c d => http://h/a%20b?c%20d",
        "http://h/|{}^\\`\"<>?|{}^\\`\"<>"
            + " => http://h/%7C%7B%7D%5E%5C%60%22%3C%3E?%7C%7B%7D%5E%5C%60%22%3C%3E",
        "http://h/a[1]?b[]=1 => http://h/a%5B1%5D?b[]=1",
        "http://h/%7Euser/%2f+~!$'()*,;:@?a/b?c => http://h/%7Euser/%2f+~!$'()*,;:@?a/b?c",
        "http://h/a/../b/./c//d => http://h/a/../b/./c//d",
        "http://h/a#b c => http://h/a",
        "http://h?a#b => http://h?a",
        "http://h/? => http://h/?",
        "HTTP://H:80/ => HTTP://H:80/",
        "http://my_service:8080/_ => http://my_service:8080/_",
        "http://_a-.b_/ => http://_a-.b_/",
        "http://1.2.3.4./ => http://1.2.3.4./",
        "http://[::1]:81/ => http://[::1]:81/",
        "http://[fe80::1%25lo]/ => http://[fe80::1%25lo]/",
        "https://bücher.example:1/ => https://xn--bcher-kva.example:1/",
        "http://BÜCHER_x.example/ => http://xn--bcher_x-n2a.example/",
        "http://日本。jp/ => http://xn--wgv71a.jp/",
        "http://😀.ws/ => http://xn--e28h.ws/",
        // A letter with a mark of its own is another resource than the composed one.
        "http://h/e\u0301 => http://h/e%CC%81"
      })
  void urlIsReadAsPeopleMeanIt(String text, String sent) throws URISyntaxException {
    URI uri = HttpUrl.parse(text);
    assertThat(uri).hasToString(sent);
    assertThat(HttpUrl.of(uri)).isEqualTo(uri);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\0',
      value = {
        "ftp://h/ => the scheme must be http or https",
        "h/a => the scheme must be http or https",
        "http: => no host",
        "http:h => no host",
        "http:///a => no host",
        "http://:80/ => no host",
        "http://h:/ => no port behind the colon",
        "http://h:0/ => the port must be between 1 and 65535",
        "http://h:65536/ => the port must be between 1 and 65535",
        "http://h:99999999999/ => the port must be between 1 and 65535",
        "http://h:8o/ => the port must be between 1 and 65535",
        "http://::1/ => an IPv6 address needs brackets, as in http://[::1]/",
        "http://[::1/ => no IPv6 address in brackets",
        "http://[::1]x/ => no IPv6 address in brackets",
        "http://[::g]/ => no IPv6 address in brackets",
        "http://a b/ => ' ' in the name of the host",
        "http://h\\x => '\\' in the name of the host",
        "http://a%20b/ => '%' in the name of the host",
        "http://a／b.example/ => '/' in the name of the host",
        "http://a..b/ => an empty part in the name of the host",
        "http://.a/ => an empty part in the name of the host",
        "http://h/100% => '%' is no percent-encoded byte; write %25 for a percent sign",
        "http://h/?a=%zz1 => '%zz' is no percent-encoded byte; write %25 for a percent sign",
        "http://h/%a => '%a' is no percent-encoded byte; write %25 for a percent sign",
        "http://h/a\tb => '\\t', a control character",
        "http://h/a\u007fb => '\\u007f', a control character",
        "http://h/\ufffd => a character is not readable;"
            + " use a locale with UTF-8, or percent-encode it",
      })
  void whatIsWrongIsNamed(String text, String reason) {
    assertThatExceptionOfType(URISyntaxException.class)
        .isThrownBy(() -> HttpUrl.parse(text))
        .returns(reason, URISyntaxException::getReason)
        .returns(text, URISyntaxException::getInput);
  }

  /** IDNA 2003 turns straße.de into strasse.de, which may be another host; browsers do not. */
  @ParameterizedTest
  @ValueSource(strings = {"straße.de", "STRAẞE.de", "λόγος.gr", "a\u200db.ir", "a\u200cb.ir"})
  void nameThatBrowsersReadInAnotherWayIsRefused(String host) {
    assertThatExceptionOfType(URISyntaxException.class)
        .isThrownBy(() -> HttpUrl.parse("http://" + host + "/"))
        .withMessageContaining("means different hosts to different programs");
  }

  @Test
  void nameOfAProxyIsAsciiToo() {
    assertThat(new ProxyServer("bücher.example", 1, null))
        .isEqualTo(new ProxyServer("xn--bcher-kva.example", 1, null));
  }

  @Test
  void halfACharacterIsNotReadable() {
    assertThatExceptionOfType(URISyntaxException.class)
        .isThrownBy(() -> HttpUrl.parse("http://h/\ud83d"))
        .withMessageContaining("not readable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:secret@h/",
        "http://me:secret@h:0/%zz",
        "http://me:sec/secret@h/",
        "http://me:sec?secret#secret@h/",
        "me:secret@h/",
        "//me:secret@h/",
        "http:me:secret@h/"
      })
  void passwordIsInNoMessage(String text) {
    assertThatExceptionOfType(URISyntaxException.class)
        .isThrownBy(() -> HttpUrl.parse(text))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret").contains("***@h"));
  }
}
