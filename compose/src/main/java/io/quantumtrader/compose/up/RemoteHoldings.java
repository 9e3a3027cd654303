package io.quantumtrader.compose.up;

import io.quantumtrader.app.parts.ExchangeAccess;
import io.quantumtrader.console.tap.RecordJson;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is open on an exchange that goes on when this process ends, as it was last published. Its
 * accounts are heard on one thread and told on another.
 */
final class RemoteHoldings {

  private final ExchangeAccess exchange;
  private final Map<String, ExchangeAccount> accounts = new TreeMap<>();

  RemoteHoldings(ExchangeAccess exchange) {
    this.exchange = exchange;
  }

  /** Takes a committed record; what is no account of an exchange is passed over. */
  synchronized void see(TappedRecord record) {
    if (record.value().orElse(null) instanceof ExchangeAccount account) {
      accounts.put(account.getAccount(), account);
    }
  }

  /**
   * Returns what stays open there and how to close it; empty where the exchange ends with this
   * process, or nothing was heard of it.
   */
  synchronized Optional<String> line() {
    if (!exchange.isRemote() || accounts.isEmpty()) {
      return Optional.empty();
    }
    String name = exchange.kind().name().toLowerCase(Locale.ROOT);
    List<String> open = accounts.values().stream().flatMap(RemoteHoldings::open).toList();
    if (open.isEmpty()) {
      return Optional.of("Nothing is open on %s, as it said at %s.".formatted(name, oldest()));
    }
    return Optional.of(
        "Still open on %s: %s. Go on with the same --data, or close it: %s"
            .formatted(
                name,
                String.join("; ", open),
                accounts.values().stream()
                    .filter(account -> !account.getPositions().isEmpty())
                    .map(account -> exchange.flattenDirect(account.getAccount()))
                    .reduce((one, other) -> one + "; " + other)
                    .orElseThrow()));
  }

  /** An order that was sent after that may have opened something. */
  private Instant oldest() {
    return Instant.ofEpochMilli(
        accounts.values().stream().mapToLong(ExchangeAccount::getAsOfMs).min().orElseThrow());
  }

  private static Stream<String> open(ExchangeAccount account) {
    return account.getPositions().stream().map(each -> open(account.getAccount(), each));
  }

  private static String open(String account, ExchangePosition position) {
    return "%s %s %s %s, stop %s, target %s"
        .formatted(
            account,
            position.getSymbol(),
            position.getSide(),
            RecordJson.plain(position.getQuantity()),
            price(position.getStopPrice()),
            price(position.getTargetPrice()));
  }

  private static String price(BigDecimal price) {
    return price == null ? "none" : RecordJson.plain(price);
  }
}
