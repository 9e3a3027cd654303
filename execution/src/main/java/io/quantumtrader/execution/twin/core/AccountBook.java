package io.quantumtrader.execution.twin.core;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the exchange knows of one account. Read by anyone, changed only by the core. */
public final class AccountBook {

  /** What leverage an account has in a symbol where it never set one. */
  public static final int FIRST_LEVERAGE = 20;

  private static final String BNB = "BNB";

  private final String account;
  private final Map<String, BigDecimal> wallets = new TreeMap<>();
  private final Map<String, TwinPosition> positions = new TreeMap<>();
  private final TreeMap<Long, TwinOrder> orders = new TreeMap<>();
  private final TreeMap<Long, TwinAlgoOrder> algos = new TreeMap<>();
  private final Map<Long, TwinOrder> openOrders = new TreeMap<>();
  private final Map<Long, TwinAlgoOrder> openAlgos = new TreeMap<>();
  private final List<TwinTrade> trades = new ArrayList<>();
  private final List<TwinIncome> incomes = new ArrayList<>();
  private final List<TwinMarginChange> marginChanges = new ArrayList<>();
  private final Map<String, Integer> leverages = new HashMap<>();
  private final Map<String, Boolean> isolated = new HashMap<>();
  private final Map<String, Long> countdowns = new TreeMap<>();
  private boolean dualSide;
  private boolean multiAssets;

  AccountBook(AccountSetup setup) {
    account = setup.account();
    wallets.put("USDT", setup.wallet());
    wallets.put(BNB, setup.bnb());
    dualSide = setup.hedgeMode();
    multiAssets = setup.multiAssets();
  }

  /** Returns the account's name. */
  public String account() {
    return account;
  }

  /** Returns the wallet in USDT: cash without unrealised profit. */
  public BigDecimal wallet() {
    return wallet("USDT");
  }

  /** Returns the wallet in an asset, 0 where there is none. */
  public BigDecimal wallet(String asset) {
    return wallets.getOrDefault(asset, BigDecimal.ZERO);
  }

  /** Returns wallets by asset. */
  public Map<String, BigDecimal> wallets() {
    return Map.copyOf(wallets);
  }

  /** Returns a position, also one that is flat. */
  public TwinPosition position(String symbol, PositionSide side) {
    TwinPosition held = positions.get(key(symbol, side));
    return held == null ? TwinPosition.flat(symbol, side) : held;
  }

  /** Returns the positions that are not flat, ascending by symbol. */
  public List<TwinPosition> openPositions() {
    return positions.values().stream().filter(position -> !position.isFlat()).toList();
  }

  /** Returns all orders, oldest first. */
  public Collection<TwinOrder> orders() {
    return List.copyOf(orders.values());
  }

  /** Returns the orders that may still fill, oldest first. */
  public List<TwinOrder> openOrders() {
    return List.copyOf(openOrders.values());
  }

  /** Returns an order by its id. */
  public Optional<TwinOrder> order(long orderId) {
    return Optional.ofNullable(orders.get(orderId));
  }

  /** Returns the latest order with a client order id in a symbol. */
  public Optional<TwinOrder> order(String symbol, String clientOrderId) {
    return orders.descendingMap().values().stream()
        .filter(o -> o.symbol().equals(symbol) && o.clientOrderId().equals(clientOrderId))
        .findFirst();
  }

  /** Returns all conditional orders, oldest first. */
  public Collection<TwinAlgoOrder> algos() {
    return List.copyOf(algos.values());
  }

  /** Returns the conditional orders that wait for their price, oldest first. */
  public List<TwinAlgoOrder> openAlgos() {
    return List.copyOf(openAlgos.values());
  }

  /** Returns a conditional order by its id. */
  public Optional<TwinAlgoOrder> algo(long algoId) {
    return Optional.ofNullable(algos.get(algoId));
  }

  /** Returns the latest conditional order with a client's id. */
  public Optional<TwinAlgoOrder> algo(String clientAlgoId) {
    return algos.descendingMap().values().stream()
        .filter(algo -> algo.clientAlgoId().equals(clientAlgoId))
        .findFirst();
  }

  /** Returns all fills, oldest first. */
  public List<TwinTrade> trades() {
    return List.copyOf(trades);
  }

  /** Returns all changes of wallets, oldest first. */
  public List<TwinIncome> incomes() {
    return List.copyOf(incomes);
  }

  /** Returns what was put into isolated positions by hand and taken out, oldest first. */
  public List<TwinMarginChange> marginChanges() {
    return List.copyOf(marginChanges);
  }

  /** Returns the leverage in a symbol, 1 to 125. */
  public int leverage(String symbol) {
    return leverages.getOrDefault(symbol, FIRST_LEVERAGE);
  }

  /** Returns whether margin in a symbol is isolated; else crossed. */
  public boolean isIsolated(String symbol) {
    return isolated.getOrDefault(symbol, false);
  }

  /** Returns whether it is in hedge mode; else in one-way mode. */
  public boolean isDualSide() {
    return dualSide;
  }

  /** Returns whether other assets count as margin. */
  public boolean isMultiAssets() {
    return multiAssets;
  }

  void dualSide(boolean on) {
    dualSide = on;
  }

  void multiAssets(boolean on) {
    multiAssets = on;
  }

  void leverage(String symbol, int value) {
    leverages.put(symbol, value);
  }

  void isolated(String symbol, boolean on) {
    isolated.put(symbol, on);
  }

  void put(TwinOrder order) {
    orders.put(order.orderId(), order);
    if (order.status().isOpen()) {
      openOrders.put(order.orderId(), order);
    } else {
      openOrders.remove(order.orderId());
    }
  }

  void put(TwinAlgoOrder algo) {
    algos.put(algo.algoId(), algo);
    if (algo.status() == AlgoStatus.NEW) {
      openAlgos.put(algo.algoId(), algo);
    } else {
      openAlgos.remove(algo.algoId());
    }
  }

  void put(TwinPosition position) {
    positions.put(key(position.symbol(), position.positionSide()), position);
  }

  void add(TwinTrade trade) {
    trades.add(trade);
  }

  void add(TwinMarginChange change) {
    marginChanges.add(change);
  }

  /** Books a change of a wallet. */
  void add(TwinIncome income) {
    incomes.add(income);
    wallets.merge(income.asset(), income.amount(), BigDecimal::add);
  }

  /** Sets when all orders of a symbol are cancelled; 0 for never. */
  void countdown(String symbol, long dueMs) {
    if (dueMs == 0) {
      countdowns.remove(symbol);
    } else {
      countdowns.put(symbol, dueMs);
    }
  }

  /** Removes and returns the symbols whose time has come, ascending. */
  List<String> takeCountdowns(long nowMs) {
    List<String> due =
        countdowns.entrySet().stream()
            .filter(entry -> entry.getValue() <= nowMs)
            .map(Map.Entry::getKey)
            .sorted(Comparator.naturalOrder())
            .toList();
    due.forEach(countdowns::remove);
    return due;
  }

  private static String key(String symbol, PositionSide side) {
    return symbol + ' ' + side;
  }
}
