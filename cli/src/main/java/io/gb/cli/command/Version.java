package io.gb.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this program, which the build has written into a resource. */
public final class Version {

  private Version() {}

  /** The name and version of this program, in two lines. */
  public static String banner() {
    return "This is gb, Version " + read() + "\nab for the JVM: a truthful HTTP benchmark\n";
  }

  private static String read() {
    try (InputStream in =
        Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"))) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
