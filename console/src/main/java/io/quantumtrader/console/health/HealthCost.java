package io.quantumtrader.console.health;

import java.util.List;

/**
 * What costs points, and how many. The first five have the weights of the system before; the others
 * are of the same measure: what stops the trading or leaves money unprotected costs a level. Each
 * names the alerts that tell somebody of it.
 */
public enum HealthCost {
  POSITIONS_OVER_LIMIT(
      20,
      "An account holds more positions than its policy allows.",
      "A policy was lowered below what is open, or positions were adopted from the exchange.",
      "./quantum positions; ./quantum policy history",
      "Close what should not be open: ./quantum control close SYMBOL --reason ...; or raise"
          + " maxPositions. Entries are denied until then.",
      "PositionsOverLimit",
      "PositionsMany"),
  EXPOSURE_HIGH(
      30,
      "An account's margin in use and reserved is more than 80 % of its equity.",
      "Equity fell while positions stayed, or maxExposure was raised above 0.8.",
      "./quantum status; ./quantum positions",
      "Close the worst positions first, or wait for the harvest to; entries are denied above"
          + " maxExposure.",
      "ExposureHigh"),
  MARGIN_LOW(
      40,
      "An account's equity is less than 20 % of what it holds: the way to liquidation is short.",
      "A fast market against highly leveraged positions, or a withdrawal from the wallet.",
      "./quantum positions (liquidation prices); ./quantum status",
      "Close positions now: ./quantum flatten --reason ...; the liquidation guard closes worst R"
          + " first from 10 %.",
      "MarginRatioBelowFifth",
      "MarginRatioLow"),
  UNIVERSE_SMALL(
      10,
      "Fewer than three symbols may be opened.",
      "A quiet market, warm-up after a start, or a feed that brings few symbols.",
      "The universe on the page says what keeps each symbol out.",
      "Wait for the next ranking at the full hour, or lower universeMinSigma and universeMinTs by"
          + " policy.",
      "TopListShort"),
  PLANS_WAITING(
      10,
      "More than 100 plans have no final result.",
      "The executor does not run, or the exchange does not answer.",
      "./quantum status; the executor's log and its /health",
      "Start the executor again; plans whose permit lapsed are answered without an order.",
      "PlansWaiting"),
  READER_BEHIND(
      10,
      "A reader of the topics is more than 100 records behind.",
      "It is down, stuck on a record, or slower than what comes.",
      "The picture of the pipeline names the reader; its log says why",
      "Start it again; for stages under load use --tuning throughput or another instance.",
      "ReaderBehind",
      "ConsumerLagHigh"),
  MARKET_STALE(
      20,
      "The market state of a symbol that is held or may be opened is older than the policy allows.",
      "The feed lost its stream, or the exchange stopped trading the symbol.",
      "The universe on the page shows the age of each state; the feed's log",
      "Start the feed again. Entries in the symbol are denied until then; stops at the exchange"
          + " stay.",
      "MarketStale"),
  ORDER_UNRESOLVED(
      15,
      "An order's outcome is not known: the exchange has not said what became of it.",
      "The connection to the exchange broke while the order was on its way.",
      "./quantum why PLAN; the exchange's own order list",
      "Wait: the executor asks again by its client id. Do not send it again by hand.",
      "OrdersUnresolved"),
  WITHOUT_STOP(
      30,
      "A position has had no stop at the exchange for more than a minute.",
      "The exchange refused the stop, or somebody cancelled it.",
      "./quantum positions; the executor's /health names the trouble",
      "Close it if the executor does not: ./quantum control close SYMBOL --reason ...",
      "PositionWithoutStop"),
  RECONCILE_HOLD(
      15,
      "Ledger and exchange disagree about a position; entries in it wait.",
      "Somebody traded on the account by hand, or a fill is still on its way.",
      "./quantum status shows both quantities",
      "Undo what was traded by hand, or let it be booked; the hold ends when both agree.",
      "PositionsDisagree"),
  REDIS_BEHIND(
      10,
      "Redis is out of step with the topics: the sink has not written what is committed.",
      "A connector stands, or Redis refuses writes.",
      "./quantum redis compare; the connectors in Connect's REST interface; redis-cli INFO",
      "Restart the connector; ./quantum redis rebuild writes the keys again from the topics.",
      "RedisBehind",
      "ConnectorNotRunning",
      "ConnectorTaskFailed"),
  REDIS_UNREACHABLE(
      10,
      "Redis does not answer.",
      "It is down, full, or its password changed.",
      "redis-cli PING",
      "Start it. Decisions go on without it; old readers see nothing new until it is back.",
      "RedisUnreachable",
      "ConnectorWaiting"),
  REGISTRY_UNREACHABLE(
      20,
      "The schema registry does not answer.",
      "It is down or restarting.",
      "Its /apis/ccompat/v7/subjects",
      "Start it. What is running goes on with the schemas it knows; nothing new can start.",
      "RegistryUnreachable"),
  BROKER_UNREACHABLE(
      50,
      "The broker does not answer: nothing is decided.",
      "It is down, or the network is.",
      "The broker's log",
      "Start it. Stops rest at the exchange meanwhile; everything goes on where it stopped.",
      "BrokerUnreachable"),
  DEAD_LETTERS(
      5,
      "Records could not be read or decided in the last ten minutes.",
      "A producer writes what no schema allows, or a stage met a value that it cannot take.",
      "./quantum dead-letters, or the page: reason, place and value of each",
      "Mend the producer; nothing else waits for them. Once an intent can be read or decided,"
          + " ./quantum dead-letters replay PLACE --reason ... sends it again, once.",
      "DeadLetters"),
  CLOCK_STOPPED(
      50,
      "The clock of the pipeline stands: nothing expires, and entries are not decided in time.",
      "The feed is down or waits for broker, registry or market.",
      "The feed's log and its /health",
      "Start the feed. Positions can be closed meanwhile: ./quantum flatten --reason ...",
      "ClockSilent",
      "FeedStands");

  private final int points;
  private final String meaning;
  private final String causes;
  private final String lookAt;
  private final String whatToDo;

  @SuppressWarnings("ImmutableEnumChecker") // from List.of
  private final List<String> alerts;

  HealthCost(
      int points, String meaning, String causes, String lookAt, String whatToDo, String... alerts) {
    this.points = points;
    this.meaning = meaning;
    this.causes = causes;
    this.lookAt = lookAt;
    this.whatToDo = whatToDo;
    this.alerts = List.of(alerts);
  }

  /** Returns how many points it costs, once, however often it is found; 1 to 100. */
  public int points() {
    return points;
  }

  /** Returns what it means, one sentence. */
  public String meaning() {
    return meaning;
  }

  /** Returns what is likely to have caused it. */
  public String causes() {
    return causes;
  }

  /** Returns what to look at. */
  public String lookAt() {
    return lookAt;
  }

  /** Returns the names of the alerts that stand for it, as Prometheus knows them; one at least. */
  public List<String> alerts() {
    return alerts;
  }

  /** Returns what to do. */
  public String whatToDo() {
    return whatToDo;
  }
}
