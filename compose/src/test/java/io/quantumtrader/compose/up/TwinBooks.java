package io.quantumtrader.compose.up;

import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.decision.PositionSync;
import io.quantumtrader.execution.twin.TwinState;
import io.quantumtrader.execution.twin.core.TwinTrade;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangeIncome;
import io.quantumtrader.schemas.avro.IncomeKind;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** What the topics say of accounts, against what their exchange says. */
final class TwinBooks {

  private static final BigDecimal CENT = new BigDecimal("0.01");

  private final List<ApplyResult> results = new ArrayList<>();
  private final Map<String, String> codes = new TreeMap<>();
  private final Map<String, PositionLedger> ledger = new TreeMap<>();
  private final Map<String, ExchangeAccount> exchange = new HashMap<>();
  private final Map<String, ExchangeIncome> income = new HashMap<>();

  private TwinBooks() {}

  /** Reads the topics to their ends. */
  static TwinBooks read(Endpoints endpoints) {
    TwinBooks books = new TwinBooks();
    try (RecordSerdes serdes = endpoints.serdes()) {
      TopicReader topics = new TopicReader(endpoints.kafka(), Duration.ofSeconds(30));
      take(topics, serdes, Topic.APPLY_RESULT, ApplyResult.class, books.results::add);
      take(topics, serdes, Topic.DECISION, Decision.class, books::keep);
      take(
          topics,
          serdes,
          Topic.POSITION_LEDGER,
          PositionLedger.class,
          row -> books.ledger.put(Accounts.key(row.getAccount(), row.getSymbol()), row));
      take(
          topics,
          serdes,
          Topic.EXCHANGE_ACCOUNT,
          ExchangeAccount.class,
          account -> books.exchange.put(account.getAccount(), account));
      take(
          topics,
          serdes,
          Topic.EXCHANGE_INCOME,
          ExchangeIncome.class,
          each -> books.income.put(each.getAccount() + each.getIncomeId(), each));
    }
    return books;
  }

  private static <T extends SpecificRecord> void take(
      TopicReader topics, RecordSerdes serdes, Topic topic, Class<T> type, Consumer<T> taker) {
    topics.readValues(topic, serdes.of(type).deserializer(), taker);
  }

  /** Keeps the last decision of each kind: its time and its numbers tell what stood in the way. */
  private void keep(Decision decision) {
    codes.put(
        decision.getAccount() + " " + decision.getCode(),
        decision.getAtMs() + " " + decision.getSymbol() + " " + decision.getNumbers());
  }

  /** Returns the last decision of each account and code: time in ms, symbol, numbers. */
  Map<String, String> codes() {
    return codes;
  }

  List<ApplyResult> results() {
    return results;
  }

  /** Returns what does not agree with the exchange about an account, each in a sentence. */
  List<String> flaws(String account, TwinState twin, BigDecimal start) {
    List<String> flaws = new ArrayList<>();
    Set<String> symbols = new TreeSet<>();
    twin.trades(account).forEach(trade -> symbols.add(trade.symbol()));
    results.stream()
        .filter(each -> each.getAccount().equals(account) && each.getFill() != null)
        .forEach(each -> symbols.add(each.getSymbol()));
    for (String symbol : symbols) {
      BigDecimal there = twin.amount(account, symbol);
      same(flaws, account + " " + symbol + " by results", folded(account, symbol), there);
      same(flaws, account + " " + symbol + " by ledger", booked(account, symbol), there);
    }
    Set<String> trades =
        twin.trades(account).stream().map(TwinBooks::id).collect(Collectors.toSet());
    List<String> fills =
        results.stream()
            .filter(each -> each.getAccount().equals(account) && each.getFill() != null)
            .map(each -> each.getFill().getFillId())
            .toList();
    if (fills.size() != trades.size() || !trades.equals(Set.copyOf(fills))) {
      flaws.add(account + ": " + trades.size() + " trades, " + fills.size() + " fills");
    }
    money(flaws, account, twin.wallet(account), start);
    return flaws;
  }

  /** Returns what is held of an account: account and symbol. */
  List<String> held(String account) {
    ExchangeAccount published = exchange.get(account);
    return published == null
        ? List.of()
        : published.getHolds().stream().map(hold -> account + " " + hold.getSymbol()).toList();
  }

  /** Returns whether the ledger of an account has what its exchange said last, and nothing else. */
  boolean positionsAgree(String account) {
    Map<String, BigDecimal> there = new TreeMap<>();
    exchange
        .get(account)
        .getPositions()
        .forEach(
            each ->
                there.put(
                    each.getSymbol(), PositionSync.signed(each.getSide(), each.getQuantity())));
    return ledger.values().stream()
                .filter(
                    row -> row.getAccount().equals(account) && row.getSide() != PositionSide.FLAT)
                .count()
            == there.size()
        && there.entrySet().stream()
            .allMatch(each -> booked(account, each.getKey()).compareTo(each.getValue()) == 0);
  }

  private void money(List<String> flaws, String account, BigDecimal wallet, BigDecimal start) {
    BigDecimal reckoned = start.add(funding(account));
    for (PositionLedger row : ledger.values()) {
      if (row.getAccount().equals(account)) {
        reckoned = reckoned.add(row.getRealizedPnl()).subtract(row.getFees());
      }
    }
    if (reckoned.subtract(wallet).abs().compareTo(CENT) >= 0) {
      flaws.add("%s: the wallet is %s, reckoned %s".formatted(account, wallet, reckoned));
    }
    ExchangeAccount published = exchange.get(account);
    if (published == null || published.getWallet().subtract(wallet).abs().compareTo(CENT) >= 0) {
      flaws.add("%s: the wallet is %s, published %s".formatted(account, wallet, published));
    } else if (!published.getHolds().isEmpty()) {
      flaws.add(account + " is held: " + published.getHolds());
    } else if (published.getWalletDiffersSinceMs() > 0) {
      flaws.add(account + ": the executor expects " + published.getWalletExpected());
    }
  }

  /** Returns what funding came to, quote currency. */
  BigDecimal funding(String account) {
    return income.values().stream()
        .filter(each -> each.getAccount().equals(account) && each.getKind() == IncomeKind.FUNDING)
        .map(ExchangeIncome::getAmount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal folded(String account, String symbol) {
    return results.stream()
        .filter(each -> each.getAccount().equals(account) && each.getSymbol().equals(symbol))
        .filter(each -> each.getFill() != null)
        .map(each -> NetPosition.signed(each.getSide(), each.getFill().getQuantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal booked(String account, String symbol) {
    PositionLedger row = ledger.get(Accounts.key(account, symbol));
    if (row == null) {
      return BigDecimal.ZERO;
    }
    return row.getSide() == PositionSide.SHORT ? row.getQuantity().negate() : row.getQuantity();
  }

  private static String id(TwinTrade trade) {
    return trade.symbol() + ":" + trade.tradeId();
  }

  private static void same(List<String> flaws, String what, BigDecimal ours, BigDecimal theirs) {
    if (ours.compareTo(theirs) != 0) {
      flaws.add("%s is %s, on the exchange %s".formatted(what, ours, theirs));
    }
  }
}
