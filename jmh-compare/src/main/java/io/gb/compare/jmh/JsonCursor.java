package io.gb.compare.jmh;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** Walks through JSON and says at which line and column something is not as expected. */
final class JsonCursor {

  /** Reads one field; the cursor stands on its value, and on the value's end afterwards. */
  @FunctionalInterface
  interface FieldReader {
    void read(String name) throws JmhFormatException;
  }

  /** Reads one element of an array, likewise. */
  @FunctionalInterface
  interface ElementReader {
    void read() throws JmhFormatException;
  }

  private final String file;
  private final JsonParser parser;

  JsonCursor(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** Goes to the next token; false at the end of the file. */
  boolean advance() {
    return parser.nextToken() != null;
  }

  /** Reads all fields of the object the cursor stands on. */
  void object(String what, FieldReader reader) throws JmhFormatException {
    expect(JsonToken.START_OBJECT, what, "an object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      reader.read(name);
    }
  }

  /** Reads all elements of the array the cursor stands on. */
  void array(String what, ElementReader reader) throws JmhFormatException {
    expect(JsonToken.START_ARRAY, what, "an array");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      reader.read();
    }
  }

  boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Passes over the value the cursor stands on. */
  void skip() {
    parser.skipChildren();
  }

  /** Reads a text; a number or a truth value is taken as written, null as empty. */
  String text(String what) throws JmhFormatException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    if (token.isStructStart()) {
      throw wrong(what + " must be a text, not " + name(token));
    }
    return parser.getString();
  }

  /** Reads a number; JMH writes those that JSON has not as "NaN", "+INF" and "-INF". */
  double number(String what) throws JmhFormatException {
    JsonToken token = parser.currentToken();
    if (token.isNumeric()) {
      return parser.getDoubleValue();
    }
    if (token == JsonToken.VALUE_STRING) {
      return switch (parser.getString()) {
        case "NaN" -> Double.NaN;
        case "+INF", "INF" -> Double.POSITIVE_INFINITY;
        case "-INF" -> Double.NEGATIVE_INFINITY;
        default -> throw wrong(what + " must be a number, not \"" + parser.getString() + "\"");
      };
    }
    throw wrong(what + " must be a number, not " + name(token));
  }

  /** Reads a list of texts. */
  List<String> texts(String what) throws JmhFormatException {
    List<String> texts = new ArrayList<>();
    array(what, () -> texts.add(text(what)));
    return texts;
  }

  /** Returns an exception for the place where the cursor stands. */
  JmhFormatException wrong(String message) {
    return wrong(parser.currentTokenLocation(), message);
  }

  private JmhFormatException wrong(TokenStreamLocation place, String message) {
    return new JmhFormatException(
        file + ":" + place.getLineNr() + ":" + place.getColumnNr() + ": " + message);
  }

  private void expect(JsonToken expected, String what, String kind) throws JmhFormatException {
    JsonToken token = parser.currentToken();
    if (token != expected) {
      throw wrong(what + " must be " + kind + ", not " + name(token));
    }
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a truth value";
      default -> "null";
    };
  }
}
