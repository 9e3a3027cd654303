package io.quantumtrader.schemas.evolution;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Values of a schema, the same for the same seed. Over enough of them every branch of every union
 * and every symbol of every enum comes up, as do limits of numbers, empty and filled lists, and
 * decimals of every size that the precision allows.
 */
public final class SampleData {

  /** From here on a record inside of itself ends, and lists are empty. */
  private static final int DEEPEST = 5;

  private static final int MOST_ELEMENTS = 2;
  private static final String[] TEXTS = {"", "a", "BTCUSDT", "Grüße 漢字 \uD83D\uDE00", "0"};

  private final Schema schema;
  private final Random random;
  private final IdentityHashMap<Schema, Integer> turns = new IdentityHashMap<>();

  /** Creates a source of values of this schema. */
  public SampleData(Schema schema, long seed) {
    this.schema = schema;
    this.random = new Random(seed);
  }

  /** Returns the next values, as Avro's generic classes have them. */
  public List<Object> next(int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(schema, 0));
    }
    return values;
  }

  private Object value(Schema type, int depth) {
    return switch (type.getType()) {
      case RECORD -> record(type, depth);
      case UNION -> value(branch(type, depth), depth);
      case ARRAY -> array(type, depth);
      case MAP -> map(type, depth);
      case ENUM -> {
        List<String> symbols = type.getEnumSymbols();
        yield new GenericData.EnumSymbol(type, symbols.get(turn(type, symbols.size())));
      }
      case FIXED -> new GenericData.Fixed(type, fixed(type));
      case BYTES -> ByteBuffer.wrap(bytes(type));
      case STRING -> TEXTS[turn(type, TEXTS.length)];
      case INT -> whole(type, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
      case LONG -> whole(type, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> (float) random.nextGaussian();
      case DOUBLE -> random.nextGaussian();
      case BOOLEAN -> turn(type, 2) == 0;
      case NULL -> null;
    };
  }

  private Object record(Schema type, int depth) {
    GenericData.Record record = new GenericData.Record(type);
    for (Schema.Field field : type.getFields()) {
      record.put(field.pos(), value(field.schema(), depth + 1));
    }
    return record;
  }

  private Schema branch(Schema union, int depth) {
    List<Schema> branches = union.getTypes();
    if (depth > DEEPEST) {
      for (Schema branch : branches) {
        if (branch.getType() != Schema.Type.RECORD) {
          return branch;
        }
      }
    }
    return branches.get(turn(union, branches.size()));
  }

  private List<Object> array(Schema type, int depth) {
    List<Object> elements = new ArrayList<>();
    for (int left = elements(type, depth); left > 0; left--) {
      elements.add(value(type.getElementType(), depth + 1));
    }
    return elements;
  }

  private Map<String, Object> map(Schema type, int depth) {
    Map<String, Object> entries = new HashMap<>();
    for (int left = elements(type, depth); left > 0; left--) {
      entries.put("key " + left, value(type.getValueType(), depth + 1));
    }
    return entries;
  }

  private int elements(Schema type, int depth) {
    return depth > DEEPEST ? 0 : turn(type, MOST_ELEMENTS + 1);
  }

  /** Limits first, then any number of any length. */
  private Long whole(Schema type, long least, long greatest) {
    return switch (turn(type, 6)) {
      case 0 -> 0L;
      case 1 -> greatest;
      case 2 -> least;
      case 3 -> -1L;
      default ->
          (least == Long.MIN_VALUE ? random.nextLong() : random.nextInt()) >> random.nextInt(31);
    };
  }

  private byte[] bytes(Schema type) {
    if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return unscaled(decimal.getPrecision()).toByteArray();
    }
    byte[] any = new byte[random.nextInt(8)];
    random.nextBytes(any);
    return any;
  }

  private byte[] fixed(Schema type) {
    byte[] bytes = new byte[type.getFixedSize()];
    if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      byte[] number = unscaled(decimal.getPrecision()).toByteArray();
      byte sign = (byte) (number[0] < 0 ? -1 : 0);
      java.util.Arrays.fill(bytes, sign);
      System.arraycopy(number, 0, bytes, bytes.length - number.length, number.length);
    } else {
      random.nextBytes(bytes);
    }
    return bytes;
  }

  /** A number of at most this many decimal digits, of either sign. */
  private BigInteger unscaled(int precision) {
    BigInteger bound = BigInteger.TEN.pow(1 + random.nextInt(precision));
    BigInteger number = new BigInteger(bound.bitLength() + 8, random).mod(bound);
    return random.nextBoolean() ? number : number.negate();
  }

  /** Takes turns, so that everything comes up, each place by itself. */
  private int turn(Schema place, int of) {
    return turns.merge(place, 1, Integer::sum) % of;
  }
}
