package io.quantumtrader.schemas.evolution;

/**
 * What a change of a schema can break, each with the usual mend. Those marked as our own pass
 * Avro's compatibility check: the record is read without an error, and means something else.
 */
public enum Rule {
  /** The reader has a field that the writer lacks, and no default for it. */
  FIELD_WITHOUT_DEFAULT("give the field a default; a field without one can never be left out"),
  /** Own: the value is under another name, and the reader takes its default in place of it. */
  FIELD_RENAMED("keep the old name; where the new one is needed, write both for a while"),
  /** Own: an alias by which records under an old name were still read is gone. */
  ALIAS_REMOVED("keep the alias for as long as records under the old name exist"),
  /** Own: an alias takes the value of a field that is still there. */
  ALIAS_TAKES_FIELD("take the alias away, or rename the field that it names"),
  /** A type became one that the other cannot be read as. */
  TYPE_CHANGED("leave the field as it is and add a new one with the new type and a default"),
  /** Own: the promotion is allowed, but cannot hold every value. */
  LOSSY_PROMOTION("leave the field as it is and add a new one with the new type and a default"),
  /**
   * Own: logical type, precision, scale or the unit in a name of Kafka Connect differ, so the same
   * bytes are another value.
   */
  LOGICAL_TYPE("leave the field as it is and add a new one with the new logical type"),
  /**
   * Own: a logical type is declared where or as Avro does not read it, so that it has no effect.
   */
  LOGICAL_TYPE_IGNORED(
      "write it into the field's type, on a type that can carry it, with precision and scale as"
          + " numbers and the scale not above the precision"),
  /** The full name of a record, enum or fixed changed. */
  NAME_CHANGED("keep name and namespace; an alias helps new readers only"),
  /** The size of a fixed changed. */
  FIXED_SIZE("leave the type as it is and add a new field with a fixed of another name"),
  /** The reader does not know a symbol and has no default for it. */
  ENUM_SYMBOL_UNKNOWN("give the enum a default in its first version; now: add a new field"),
  /** Own: records that carry the symbol exist, and are read as the default from now on. */
  ENUM_SYMBOL_REMOVED("keep the symbol, and say in the documentation that it is not used"),
  /** Own: the symbol that stands for unknown ones is gone or another. */
  ENUM_DEFAULT("keep the default as it was; it is what readers fall back on"),
  /** The writer may write a branch of a union that the reader does not have. */
  UNION_BRANCH_UNKNOWN("leave the union as it is and add a new field with a default"),
  /** Own: a default is not a value of its field's type. */
  DEFAULT_INVALID("write a default of the field's own type (for a union: of its first branch)"),
  /** Own: records without the field are read with another value than before. */
  DEFAULT_CHANGED("keep the default; a new one needs a new field"),
  /** Avro's check says no where none of the rules did. */
  AVRO("leave what was there and add a new field with a default"),
  /** Own: bytes of real values, written with one and read with the other, came out different. */
  BYTES("leave what was there and add a new field with a default"),
  /** Own: a version cannot be read, so that nothing can be said of it. */
  UNREADABLE("mend or restore the file, and put every type that it refers to into the directory"),
  /** Own: a frozen version is not what it was when it was frozen. */
  FROZEN_EDITED("restore the file from version control; freeze a change as a new version");

  private final String mend;

  Rule(String mend) {
    this.mend = mend;
  }

  /** Returns the usual mend, for people. */
  public String mend() {
    return mend;
  }
}
