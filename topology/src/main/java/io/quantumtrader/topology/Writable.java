package io.quantumtrader.topology;

import io.quantumtrader.schemas.bounds.RecordBounds;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Proves that what a stage decided can be written, before any of it is: a record that no serializer
 * takes, or no producer, would fail the task, and again after each restart. What is decided are
 * Java records, lists and options around contract records; each contract record in them is looked
 * at, so that a stage has nothing to do for it.
 */
final class Writable {

  private static final ClassValue<Method[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          Method[] readers = new Method[components.length];
          for (int i = 0; i < components.length; i++) {
            readers[i] = components[i].getAccessor();
            readers[i].setAccessible(true);
          }
          return readers;
        }
      };

  private Writable() {}

  /**
   * Checks everything that was decided.
   *
   * @throws DecisionFailedException naming what could not be written
   */
  static void check(Object decided) {
    switch (decided) {
      case null -> {
        // Nothing was decided about this part.
      }
      case SpecificRecord record -> check(record);
      case Optional<?> maybe -> maybe.ifPresent(Writable::check);
      case Iterable<?> many -> many.forEach(Writable::check);
      case Map<?, ?> map -> map.values().forEach(Writable::check);
      case Record parts -> checkParts(parts);
      default -> {
        // Numbers, texts and enums are written as parts of a record, if at all.
      }
    }
  }

  static void check(SpecificRecord record) {
    Optional<String> flaw = RecordBounds.flaw(record);
    if (flaw.isPresent()) {
      throw new DecisionFailedException(
          ReasonCode.DECISION_FAILED, "the decision cannot be written: " + flaw.get());
    }
  }

  private static void checkParts(Record parts) {
    for (Method reader : COMPONENTS.get(parts.getClass())) {
      try {
        check(reader.invoke(parts));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("cannot read " + reader, e);
      }
    }
  }
}
