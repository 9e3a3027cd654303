package io.quantumtrader.execution.twin.rest;

import static io.quantumtrader.execution.twin.core.Numbers.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.core.AccountBook;
import io.quantumtrader.execution.twin.core.MarginMath;
import io.quantumtrader.execution.twin.core.TwinPosition;
import java.math.BigDecimal;
import java.util.TreeMap;

/** Wallets and positions as the exchange answers with them. */
final class AccountJson {
  private AccountJson() {}

  static ObjectNode account(AccountBook book, MarginMath margin, long nowMs) {
    BigDecimal positions = margin.positionMargin();
    BigDecimal orders = margin.orderMargin();
    ObjectNode answer =
        Json.object()
            .put("totalInitialMargin", text(positions.add(orders)))
            .put("totalMaintMargin", text(margin.maintenance()))
            .put("totalWalletBalance", text(book.wallet()))
            .put("totalUnrealizedProfit", text(margin.unrealized()))
            .put("totalMarginBalance", text(margin.marginBalance()))
            .put("totalPositionInitialMargin", text(positions))
            .put("totalOpenOrderInitialMargin", text(orders))
            .put("totalCrossWalletBalance", text(margin.crossWallet()))
            .put("totalCrossUnPnl", text(margin.crossUnrealized()))
            .put("availableBalance", text(margin.available()))
            .put("maxWithdrawAmount", text(margin.available().min(margin.crossWallet())));
    ArrayNode assets = answer.putArray("assets");
    new TreeMap<>(book.wallets())
        .forEach((asset, wallet) -> assets.add(asset(asset, wallet, margin, nowMs)));
    ArrayNode held = answer.putArray("positions");
    for (TwinPosition position : book.openPositions()) {
      held.addObject()
          .put("symbol", position.symbol())
          .put("positionSide", position.positionSide().name())
          .put("positionAmt", text(position.amount()))
          .put("unrealizedProfit", text(margin.unrealized(position)))
          .put("isolatedMargin", text(margin.isolatedMargin(position)))
          .put("notional", text(margin.notional(position)))
          .put("isolatedWallet", text(position.isolatedWallet()))
          .put("initialMargin", text(margin.initial(position)))
          .put("maintMargin", text(margin.maintenance(position)))
          .put("updateTime", position.updateMs());
    }
    return answer;
  }

  private static ObjectNode asset(String asset, BigDecimal wallet, MarginMath margin, long nowMs) {
    boolean margined = asset.equals("USDT");
    BigDecimal profit = margined ? margin.unrealized() : BigDecimal.ZERO;
    BigDecimal available = margined ? margin.available() : wallet;
    BigDecimal crossed = margined ? margin.crossWallet() : wallet;
    return Json.object()
        .put("asset", asset)
        .put("walletBalance", text(wallet))
        .put("unrealizedProfit", text(profit))
        .put("marginBalance", text(wallet.add(profit)))
        .put("maintMargin", text(margined ? margin.maintenance() : BigDecimal.ZERO))
        .put("initialMargin", text(margined ? margin.positionMargin() : BigDecimal.ZERO))
        .put("crossWalletBalance", text(crossed))
        .put("crossUnPnl", text(margined ? margin.crossUnrealized() : BigDecimal.ZERO))
        .put("availableBalance", text(available))
        .put("maxWithdrawAmount", text(available.min(crossed)))
        .put("updateTime", nowMs);
  }

  static ArrayNode balances(AccountBook book, MarginMath margin, long nowMs) {
    ArrayNode answer = JsonNodeFactory.instance.arrayNode();
    new TreeMap<>(book.wallets())
        .forEach(
            (asset, wallet) -> {
              boolean margined = asset.equals("USDT");
              answer
                  .addObject()
                  .put("accountAlias", book.account())
                  .put("asset", asset)
                  .put("balance", text(wallet))
                  .put("crossWalletBalance", text(margined ? margin.crossWallet() : wallet))
                  .put("crossUnPnl", text(margined ? margin.crossUnrealized() : BigDecimal.ZERO))
                  .put("availableBalance", text(margined ? margin.available() : wallet))
                  .put("maxWithdrawAmount", text(margined ? margin.available() : wallet))
                  .put("marginAvailable", true)
                  .put("updateTime", nowMs);
            });
    return answer;
  }

  static ObjectNode position(TwinPosition position, MarginMath margin) {
    return Json.object()
        .put("symbol", position.symbol())
        .put("positionSide", position.positionSide().name())
        .put("positionAmt", text(position.amount()))
        .put("entryPrice", text(position.entryPrice()))
        .put("breakEvenPrice", text(position.breakEven()))
        .put("markPrice", text(margin.mark(position)))
        .put("unRealizedProfit", text(margin.unrealized(position)))
        .put("liquidationPrice", text(margin.liquidationPrice(position)))
        .put("isolatedMargin", text(margin.isolatedMargin(position)))
        .put("notional", text(margin.notional(position)))
        .put("marginAsset", "USDT")
        .put("isolatedWallet", text(position.isolatedWallet()))
        .put("initialMargin", text(margin.initial(position)))
        .put("maintMargin", text(margin.maintenance(position)))
        .put("positionInitialMargin", text(margin.initial(position)))
        .put("openOrderInitialMargin", "0")
        .put("adl", 1)
        .put("bidNotional", "0")
        .put("askNotional", "0")
        .put("updateTime", position.updateMs());
  }
}
