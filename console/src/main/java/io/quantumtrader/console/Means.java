package io.quantumtrader.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a field of a row means, with its unit: for the description of the HTTP interface. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Means {

  /** Returns the meaning, a few words without a full stop. */
  String value();
}
