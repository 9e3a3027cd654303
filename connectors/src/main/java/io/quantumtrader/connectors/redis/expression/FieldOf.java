package io.quantumtrader.connectors.redis.expression;

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
 * A field of a struct, a map or the headers. Nothing else has fields, so no Java object's getters
 * can be reached.
 *
 * @param name its name
 */
record FieldOf(String name) implements JexlPropertyGet {

  static final JexlUberspect.PropertyResolver RESOLVER =
      new JexlUberspect.PropertyResolver() {
        @Override
        public JexlPropertyGet getPropertyGet(JexlUberspect engine, Object owner, Object name) {
          return new FieldOf(name.toString());
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
   * @throws DataException if there is no such field
   */
  static Object value(Object owner, String name) {
    if (owner instanceof Struct struct) {
      Field field = struct.schema().field(name);
      if (field != null) {
        return struct.get(field);
      }
    } else if (owner instanceof Map<?, ?> map) {
      if (map.containsKey(name)) {
        return map.get(name);
      }
    } else if (owner instanceof Headers headers) {
      Header header = headers.lastWithName(name);
      if (header != null) {
        return header.value();
      }
    } else {
      String type = owner == null ? "null" : "a " + owner.getClass().getSimpleName();
      throw new DataException(type + " has no field '" + name + "'");
    }
    throw new DataException("missing field '" + name + "'");
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
