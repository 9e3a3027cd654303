package io.quantumtrader.topology.decision;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.data.RecordBuilder;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.specific.SpecificRecordBuilderBase;

/**
 * Copies of records, of which a field or two are to be set. What is not set is shared, as a record
 * never changes. The builder that Avro generates copies deep instead, and each decimal by way of
 * its bytes: that was most of what a position cost at a candle.
 */
public final class Copies {

  private static final MethodType SETTER =
      MethodType.methodType(Object.class, Object.class, Object.class);

  /** The setters of a builder, in the order of the fields. */
  private static final ClassValue<MethodHandle[]> SETTERS =
      new ClassValue<>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> builder) {
          return schema(builder).getFields().stream()
              .map(field -> setter(builder, field.name()))
              .toArray(MethodHandle[]::new);
        }
      };

  private Copies() {}

  /**
   * Fills a builder with what a record says.
   *
   * @param builder new builder of the record's class
   * @return the builder
   */
  public static <R extends SpecificRecordBase, B extends SpecificRecordBuilderBase<R>> B of(
      R record, B builder) {
    MethodHandle[] setters = SETTERS.get(builder.getClass());
    for (int field = 0; field < setters.length; field++) {
      set(setters[field], builder, record.get(field));
    }
    return builder;
  }

  private static void set(MethodHandle setter, RecordBuilder<?> builder, Object value) {
    try {
      var unused = setter.invokeExact((Object) builder, value);
    } catch (RuntimeException | Error refused) {
      throw refused;
    } catch (Throwable impossible) {
      throw new IllegalStateException("a builder's setter declares no exception", impossible);
    }
  }

  private static Schema schema(Class<?> builder) {
    try {
      return (Schema) builder.getEnclosingClass().getMethod("getClassSchema").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(builder + " is no builder that Avro generated", e);
    }
  }

  private static MethodHandle setter(Class<?> builder, String field) {
    String name = "set" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
    List<Method> named =
        Arrays.stream(builder.getMethods())
            .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
            .filter(method -> method.getReturnType() == builder)
            .toList();
    if (named.size() != 1) {
      throw new IllegalStateException(builder + " has " + named.size() + " methods " + name);
    }
    try {
      return MethodHandles.publicLookup().unreflect(named.get(0)).asType(SETTER);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot call " + named.get(0), e);
    }
  }
}
