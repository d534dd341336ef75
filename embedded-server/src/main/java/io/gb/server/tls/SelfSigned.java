package io.gb.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Makes self-signed certificates of X.509 version 3 (RFC 5280, section 4.1), encoded here in DER:
 * the JDK has no public API for it, its keytool is a process of its own that takes more than a
 * second, and libraries for it are larger than this server.
 *
 * <p>The certificates lack the mark of an authority, because some clients accept none that has it
 * from a server. Each serial number is random, because browsers accept no two certificates of one
 * issuer with the same number.
 */
final class SelfSigned {

  private static final int BIT_STRING = 0x03;
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;

  private static final String HOST = "localhost";
  private static final int SERIAL_BYTES = 8;

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** ecdsa-with-SHA256, RFC 5758, section 3.2. */
  private static final byte[] ALGORITHM = der(SEQUENCE, oid("2a8648ce3d040302"));

  /** commonName, RFC 5280, appendix A.1. */
  private static final byte[] COMMON_NAME = oid("550403");

  /** subjectAltName, RFC 5280, section 4.2.1.6. */
  private static final byte[] ALTERNATIVE_NAMES = oid("551d11");

  /** extKeyUsage, RFC 5280, section 4.2.1.12. */
  private static final byte[] EXTENDED_KEY_USAGE = oid("551d25");

  /** serverAuth, the same section. */
  private static final byte[] SERVER = oid("2b06010505070301");

  private SelfSigned() {}

  static Identity create(Collection<InetAddress> addresses, Instant from, Instant until)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    byte[] signed = signedPart(keys, addresses, from, until);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed);
    byte[] whole = der(SEQUENCE, signed, ALGORITHM, der(BIT_STRING, new byte[1], signature.sign()));
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(whole));
    return new Identity(keys.getPrivate(), List.of(certificate));
  }

  private static byte[] signedPart(
      KeyPair keys, Collection<InetAddress> addresses, Instant from, Instant until) {
    byte[] version3 = der(VERSION, der(INTEGER, new byte[] {2}));
    byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, text(UTF8_STRING, HOST))));
    byte[] validity =
        der(SEQUENCE, text(UTC_TIME, UTC.format(from)), text(UTC_TIME, UTC.format(until)));
    byte[] extensions =
        der(
            SEQUENCE,
            extension(ALTERNATIVE_NAMES, names(addresses)),
            extension(EXTENDED_KEY_USAGE, SERVER));
    return der(
        SEQUENCE,
        version3,
        der(INTEGER, serial()),
        ALGORITHM,
        name,
        validity,
        name,
        keys.getPublic().getEncoded(),
        der(EXTENSIONS, extensions));
  }

  private static byte[] serial() {
    byte[] serial = new byte[SERIAL_BYTES];
    new SecureRandom().nextBytes(serial);
    // Neither negative nor with a leading zero, which DER does not allow.
    serial[0] = (byte) ((serial[0] & 0x3f) | 0x40);
    return serial;
  }

  private static byte[] names(Collection<InetAddress> addresses) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    names.writeBytes(text(DNS_NAME, HOST));
    addresses.forEach(address -> names.writeBytes(der(IP_ADDRESS, address.getAddress())));
    return names.toByteArray();
  }

  private static byte[] extension(byte[] oid, byte[] value) {
    return der(SEQUENCE, oid, der(OCTET_STRING, der(SEQUENCE, value)));
  }

  private static byte[] oid(String hex) {
    return der(0x06, HexFormat.of().parseHex(hex));
  }

  private static byte[] text(int tag, String value) {
    return der(tag, value.getBytes(US_ASCII));
  }

  /** A tag, the length in the shortest form, and the contents (X.690, section 10.1). */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      contents.writeBytes(part);
    }
    int length = contents.size();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (length > 0xff) {
      whole.write(0x82);
      whole.write(length >> 8);
    } else if (length > 0x7f) {
      whole.write(0x81);
    }
    whole.write(length);
    whole.writeBytes(contents.toByteArray());
    return whole.toByteArray();
  }
}
