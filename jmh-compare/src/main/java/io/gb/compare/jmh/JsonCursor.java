package io.gb.compare.jmh;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** Walks through JSON, and names line and column if something is not as expected. */
final class JsonCursor {

  /** Reads one field; the cursor is at its value, and afterwards at the end of the value. */
  @FunctionalInterface
  interface FieldReader {
    void read(String name) throws JmhFormatException;
  }

  /** Reads one element of an array; the cursor is at the element, and afterwards at its end. */
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

  /** Moves to the next token; returns false at the end of the file. */
  boolean advance() {
    return parser.nextToken() != null;
  }

  /** Reads all fields of the object at the cursor. */
  void object(String what, FieldReader reader) throws JmhFormatException {
    expect(JsonToken.START_OBJECT, what, "an object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      reader.read(name);
    }
  }

  /** Reads all elements of the array at the cursor. */
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

  /** Skips the value at the cursor. */
  void skip() {
    parser.skipChildren();
  }

  /** Reads a string; a number or a boolean is taken as written, null as empty. */
  String text(String what) throws JmhFormatException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    if (token.isStructStart()) {
      throw wrong(what + " must be a string, not " + name(token));
    }
    return parser.getString();
  }

  /** Reads a number; JMH writes numbers that JSON does not have as "NaN", "+INF" and "-INF". */
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

  /** Reads a list of strings. */
  List<String> texts(String what) throws JmhFormatException {
    List<String> texts = new ArrayList<>();
    array(what, () -> texts.add(text(what)));
    return texts;
  }

  /** Returns an exception that names the place of the cursor. */
  JmhFormatException wrong(String message) {
    TokenStreamLocation place = parser.currentTokenLocation();
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
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }
}
