package io.quantumtrader.schemas.serde;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** Confluent's wire format: a zero byte, the schema id as 4 bytes big-endian, the Avro body. */
final class WireFormat {

  static final byte MAGIC = 0;
  static final int HEADER_LENGTH = 5;

  private WireFormat() {}

  /** Returns the schema id of the record between offset and offset + length. */
  static int id(byte[] bytes, int offset, int length) {
    if (length < HEADER_LENGTH) {
      throw new SerializationException(
          "a record in the registry's wire format has "
              + HEADER_LENGTH
              + " bytes at least, this one has "
              + length);
    }
    if (bytes[offset] != MAGIC) {
      throw new SerializationException(
          "the first byte is "
              + bytes[offset]
              + ", not "
              + MAGIC
              + ": this is not the registry's wire format");
    }
    return ByteBuffer.wrap(bytes, offset + 1, 4).getInt();
  }
}
