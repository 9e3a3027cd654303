package io.quantumtrader.compose;

/** What the stack is made of, in the order in which it is listed to a person. */
public enum StackPart {
  /** The Kafka broker. */
  BROKER("Kafka broker"),
  /** The Schema Registry. */
  REGISTRY("Schema Registry"),
  /** Redis. */
  REDIS("Redis"),
  /** The Kafka Connect worker; it needs the broker. */
  CONNECT("Kafka Connect");

  private final String title;

  StackPart(String title) {
    this.title = title;
  }

  /** The part's name for a person. */
  public String title() {
    return title;
  }
}
