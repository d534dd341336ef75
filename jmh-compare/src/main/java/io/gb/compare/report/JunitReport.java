package io.gb.compare.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gb.compare.Comparison;
import io.gb.compare.limit.GateResult;
import io.gb.compare.limit.Outcome;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** JUnit XML for build servers: a test case for each row of each gate. */
final class JunitReport {

  private JunitReport() {}

  static String render(Comparison comparison, List<GateResult> gates) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "gb compare");
      xml.writeAttribute("tests", Integer.toString(gates.size()));
      xml.writeAttribute("failures", count(gates, Outcome.MISSED));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", count(gates, Outcome.UNDECIDED));
      xml.writeCharacters("\n");
      for (GateResult gate : gates) {
        testCase(xml, gate);
      }
      xml.writeStartElement("system-out");
      xml.writeCharacters(printable(new TextReport(UTF_8).render(comparison, gates)));
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to a string cannot fail", e);
    }
    return text + "\n";
  }

  private static void testCase(XMLStreamWriter xml, GateResult result) throws XMLStreamException {
    String benchmark = result.id().benchmark();
    int method = benchmark.lastIndexOf('.');
    String name =
        "%s (%s, %s, %s): %s"
            .formatted(
                result.id().label().substring(method + 1),
                result.id().mode().label(),
                result.contender(),
                result.metric(),
                result.gate());
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", printable(benchmark.substring(0, Math.max(0, method))));
    xml.writeAttribute("name", printable(name));
    switch (result.outcome()) {
      case MISSED -> message(xml, "failure", "MISSED by " + GateLine.missed(result));
      case UNDECIDED -> message(xml, "skipped", "could not be judged: " + result.reason());
      case HELD -> {}
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private static void message(XMLStreamWriter xml, String element, String text)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", printable(text));
    xml.writeEndElement();
  }

  private static String count(List<GateResult> gates, Outcome outcome) {
    return Long.toString(gates.stream().filter(gate -> gate.outcome() == outcome).count());
  }

  /** Replaces what XML cannot represent: most control characters and unpaired surrogates. */
  private static String printable(String text) {
    return text.replaceAll(
        "[^\\t\\n\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "?");
  }
}
