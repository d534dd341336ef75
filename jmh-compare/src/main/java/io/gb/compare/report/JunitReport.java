package io.gb.compare.report;

import io.gb.compare.Comparison;
import io.gb.compare.GateResult;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A test case for each row of each gate, in the XML of JUnit that build servers read. */
final class JunitReport implements Report {

  @Override
  public String render(Comparison comparison, List<GateResult> gates) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "gb compare");
      xml.writeAttribute("tests", Integer.toString(gates.size()));
      xml.writeAttribute(
          "failures", Long.toString(gates.stream().filter(g -> !g.passed()).count()));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", "0");
      xml.writeCharacters("\n");
      for (GateResult gate : gates) {
        testCase(xml, gate);
      }
      xml.writeStartElement("system-out");
      xml.writeCharacters(printable(new TextReport().render(comparison, gates)));
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string cannot fail to be written to", e);
    }
    return text + "\n";
  }

  private static void testCase(XMLStreamWriter xml, GateResult result) throws XMLStreamException {
    String benchmark = result.row().id().benchmark();
    int method = benchmark.lastIndexOf('.');
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", printable(benchmark.substring(0, Math.max(0, method))));
    xml.writeAttribute(
        "name",
        printable(result.row().id().label().substring(method + 1) + ": " + result.gate().text()));
    if (!result.passed()) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", printable(Words.missed(result)));
      xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  /** XML has no way to write most control characters. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
  }
}
