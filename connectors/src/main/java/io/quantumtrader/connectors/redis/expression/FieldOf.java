package io.quantumtrader.connectors.redis.expression;

import io.quantumtrader.connectors.redis.format.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.introspection.JexlPropertyGet;
import org.apache.commons.jexl3.introspection.JexlPropertySet;
import org.apache.commons.jexl3.introspection.JexlUberspect;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;

/**
 * A field of a struct, a map or the headers, or an item of a list. Nothing else has fields, so no
 * Java object's getters can be reached.
 *
 * @param name its name; of an item its number, from 0
 */
record FieldOf(Object name) implements JexlPropertyGet {

  static final JexlUberspect.PropertyResolver RESOLVER =
      new JexlUberspect.PropertyResolver() {
        @Override
        public JexlPropertyGet getPropertyGet(JexlUberspect engine, Object owner, Object name) {
          return new FieldOf(name);
        }

        @Override
        public JexlPropertySet getPropertySet(
            JexlUberspect engine, Object owner, Object name, Object value) {
          return null;
        }
      };

  /**
   * Returns a field's value.
   *
   * @throws MissingFieldException if there is no such field
   * @throws DataException if the owner is nothing that has fields
   */
  static Object value(Object owner, Object name) {
    return switch (owner) {
      case Struct struct -> ofStruct(struct, name.toString());
      case Map<?, ?> map -> ofMap(map, name);
      case Headers headers -> ofHeaders(headers, name.toString());
      case List<?> list -> ofList(list, name);
      case null -> throw new DataException("null has no field '" + name + "'");
      default -> throw noField(owner, name);
    };
  }

  private static Object ofStruct(Struct struct, String name) {
    Field field = struct.schema().field(name);
    if (field == null) {
      throw new MissingFieldException("missing field '" + name + "'");
    }
    return struct.get(field);
  }

  private static Object ofMap(Map<?, ?> map, Object name) {
    Object key = map.containsKey(name) ? name : name.toString();
    if (!map.containsKey(key)) {
      throw new MissingFieldException("missing field '" + name + "'");
    }
    return map.get(key);
  }

  private static Object ofHeaders(Headers headers, String name) {
    Header header = headers.lastWithName(name);
    if (header != null) {
      return header.value();
    }
    String hint = "";
    for (Header other : headers) {
      if (other.key().startsWith(name + ".")) {
        hint = "; a name with dots is written header['" + other.key() + "']";
      }
    }
    throw new MissingFieldException("missing field '" + name + "'" + hint);
  }

  private static DataException noField(Object owner, Object name) {
    return new DataException(
        "a " + owner.getClass().getSimpleName() + " has no field '" + name + "'");
  }

  private static boolean isNumber(Object name) {
    return Numbers.isNumber(name) || name.toString().matches("-?\\d+");
  }

  /** An item in front of the first or behind the last is missing. */
  private static Object ofList(List<?> list, Object name) {
    if (!isNumber(name)) {
      throw noField(list, name);
    }
    BigDecimal index =
        Numbers.isNumber(name) ? Numbers.decimal(name) : new BigDecimal(name.toString());
    long item = Numbers.whole(index);
    if (item < 0 || item >= list.size()) {
      throw new MissingFieldException(
          "missing item " + item + " of a list of " + list.size() + " items");
    }
    return list.get((int) item);
  }

  @Override
  public Object invoke(Object owner) {
    return value(owner, name);
  }

  @Override
  public Object tryInvoke(Object owner, Object key) {
    return name.equals(key) ? value(owner, name) : JexlEngine.TRY_FAILED;
  }

  @Override
  public boolean tryFailed(Object result) {
    return result == JexlEngine.TRY_FAILED;
  }

  @Override
  public boolean isCacheable() {
    return true;
  }
}
