package io.quantumtrader.schemas.serde;

import io.quantumtrader.schemas.avro.TradeIntent;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro use the generated classes of the project. By itself it refuses every class that a
 * system property does not name, and in a process of somebody else's, as a Connect worker is,
 * nobody sets that property.
 */
final class OwnClasses {

  private static final String PACKAGE = TradeIntent.class.getPackageName() + ".";

  static {
    ClassSecurityPredicate own = type -> type.getName().startsWith(PACKAGE);
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), own));
  }

  private OwnClasses() {}

  /** Does it, once in a process; what was trusted before stays trusted. */
  static void trust() {
    // Loading this class is all that is needed.
  }
}
