package io.quantumtrader.console.http;

import static io.quantumtrader.console.http.Parameter.ABOUT;
import static io.quantumtrader.console.http.Parameter.ACCOUNT;
import static io.quantumtrader.console.http.Parameter.BY;
import static io.quantumtrader.console.http.Parameter.CODE;
import static io.quantumtrader.console.http.Parameter.ID;
import static io.quantumtrader.console.http.Parameter.LIMIT;
import static io.quantumtrader.console.http.Parameter.PLACE;
import static io.quantumtrader.console.http.Parameter.STAGE;
import static io.quantumtrader.console.http.Parameter.SYMBOL;
import static io.quantumtrader.console.http.Parameter.VERDICT;

import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.Candles;
import io.quantumtrader.console.book.EquityHistory;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.health.HealthRow;
import io.quantumtrader.console.health.HealthScore;
import io.quantumtrader.console.health.Outside;
import io.quantumtrader.console.letter.LetterRow;
import io.quantumtrader.console.letter.Letters;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.view.AccountRow;
import io.quantumtrader.console.view.AccountView;
import io.quantumtrader.console.view.ApprovalRow;
import io.quantumtrader.console.view.ApprovalView;
import io.quantumtrader.console.view.DeadLetterRow;
import io.quantumtrader.console.view.DeadLetterView;
import io.quantumtrader.console.view.DecisionRow;
import io.quantumtrader.console.view.DecisionView;
import io.quantumtrader.console.view.DenialRow;
import io.quantumtrader.console.view.FillRow;
import io.quantumtrader.console.view.FillView;
import io.quantumtrader.console.view.FunnelRow;
import io.quantumtrader.console.view.FunnelView;
import io.quantumtrader.console.view.PermitRow;
import io.quantumtrader.console.view.PipelineRow;
import io.quantumtrader.console.view.PipelineView;
import io.quantumtrader.console.view.PlanView;
import io.quantumtrader.console.view.PolicyRow;
import io.quantumtrader.console.view.PositionRow;
import io.quantumtrader.console.view.PositionView;
import io.quantumtrader.console.view.RecordView;
import io.quantumtrader.console.view.ReservationRow;
import io.quantumtrader.console.view.ScheduleRow;
import io.quantumtrader.console.view.ScheduleView;
import io.quantumtrader.console.view.TradeFigures;
import io.quantumtrader.console.view.TradeRow;
import io.quantumtrader.console.view.TradeView;
import io.quantumtrader.console.view.UniverseRow;
import io.quantumtrader.console.view.UniverseView;
import io.quantumtrader.console.why.Why;
import io.quantumtrader.console.why.WhyRow;
import io.quantumtrader.schemas.deadletter.LetterPlace;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything that can be asked for, in the order of its description. */
final class ApiRoutes {

  private static final int USUAL = 200;
  private static final int MOST = 20_000;
  private static final int CANDLES = 300;

  private final Book book;
  private final Supplier<Outside> outside;
  private final Letters letters;

  ApiRoutes(Book book, Supplier<Outside> outside, Letters letters) {
    this.book = book;
    this.outside = outside;
    this.letters = letters;
  }

  List<Route> all() {
    return List.of(
        Route.list(
            "/api/accounts",
            "Each account's money against its limits.",
            AccountRow.class,
            ask((pages, query) -> AccountView.rows(pages, query.scope())),
            ACCOUNT),
        Route.list(
            "/api/positions",
            "What is open.",
            PositionRow.class,
            ask((pages, query) -> PositionView.rows(pages, query.scope())),
            ACCOUNT,
            SYMBOL),
        Route.list(
            "/api/reservations",
            "Plans without a final result, the oldest first: they keep slot and margin.",
            ReservationRow.class,
            ask((pages, query) -> PlanView.reservations(pages, query.scope())),
            ACCOUNT,
            SYMBOL),
        Route.list(
            "/api/approvals",
            "Entries that wait for a person, the one with the least time first.",
            ApprovalRow.class,
            ask((pages, query) -> ApprovalView.rows(pages, query.scope())),
            ACCOUNT,
            SYMBOL),
        Route.list(
            "/api/permits",
            "The last permits, the newest first.",
            PermitRow.class,
            ask((pages, query) -> PlanView.permits(pages, query.scope(), query.limit(USUAL, MOST))),
            ACCOUNT,
            SYMBOL,
            LIMIT),
        Route.list(
            "/api/trades",
            "Closed trades, the newest first.",
            TradeRow.class,
            ask(
                (pages, query) ->
                    firsts(TradeView.rows(pages, query.scope()), query.limit(USUAL, MOST))),
            ACCOUNT,
            SYMBOL,
            LIMIT),
        Route.list(
            "/api/trades/figures",
            "What the closed trades came to, all together or by group.",
            TradeFigures.class,
            ask(
                (pages, query) ->
                    TradeView.figures(
                        TradeView.rows(pages, query.scope()),
                        query.choice(BY, TradeView.Grouping.class, TradeView.Grouping.ALL))),
            ACCOUNT,
            SYMBOL,
            BY),
        Route.list(
            "/api/fills",
            "What was bought and sold, the newest first.",
            FillRow.class,
            ask((pages, query) -> FillView.rows(pages, query.scope(), query.limit(USUAL, MOST))),
            ACCOUNT,
            SYMBOL,
            LIMIT),
        Route.list(
            "/api/decisions",
            "The last decisions, the newest first.",
            DecisionRow.class,
            ask(
                (pages, query) ->
                    DecisionView.rows(pages, filter(query), query.limit(USUAL, MOST))),
            ACCOUNT,
            SYMBOL,
            ABOUT,
            STAGE,
            VERDICT,
            CODE,
            LIMIT),
        Route.list(
            "/api/denials",
            "What is not traded, and for what reason: denials by code and symbol.",
            DenialRow.class,
            ask((pages, query) -> DecisionView.denials(pages, filter(query))),
            ACCOUNT,
            SYMBOL,
            STAGE,
            CODE),
        Route.one(
            "/api/funnel",
            "How many of the last intents became plans, orders and fills.",
            FunnelRow.class,
            ask((pages, query) -> FunnelView.of(pages, query.scope())),
            ACCOUNT,
            SYMBOL),
        Route.list(
            "/api/universe",
            "Which symbols may be opened, and what keeps the others out.",
            UniverseRow.class,
            ask((pages, query) -> UniverseView.rows(pages))),
        Route.list(
            "/api/policy/history",
            "The versions of the policy, the newest first, with what each changed.",
            PolicyRow.class,
            ask((pages, query) -> RecordView.policies(pages))),
        Route.list(
            "/api/policy/scheduled",
            "The scheduled changes of the policy, those that wait first, then the newest first.",
            ScheduleRow.class,
            ask((pages, query) -> ScheduleView.rows(pages, query.scope())),
            ACCOUNT),
        Route.list(
            "/api/dead-letters",
            "Records that could not be read or decided, the newest first.",
            DeadLetterRow.class,
            ask((pages, query) -> DeadLetterView.rows(pages, query.limit(USUAL, MOST))),
            LIMIT),
        Route.one(
            "/api/dead-letters/letter",
            "One of them with everything that it says, and what sending it again would mean.",
            LetterRow.class,
            this::letter,
            PLACE),
        Route.list(
            "/api/equity",
            "An account's money over time, the oldest first.",
            EquityHistory.Point.class,
            ask((pages, query) -> pages.equity().of(required(query, ACCOUNT))),
            ACCOUNT),
        Route.list(
            "/api/candles",
            "The last candles of a symbol, the oldest first.",
            Candles.Bar.class,
            ask(
                (pages, query) ->
                    pages.candles().last(required(query, SYMBOL), query.limit(CANDLES, MOST))),
            SYMBOL,
            LIMIT),
        Route.one(
            "/api/why",
            "The whole way of an intent, a plan, a decision, a position or a symbol.",
            WhyRow.class,
            ask(
                (pages, query) -> {
                  String id = required(query, ID);
                  return Why.of(pages, id)
                      .orElseThrow(
                          () -> new BadRequestException(404, "nothing is known of '" + id + "'"));
                }),
            ID),
        Route.one(
            "/api/pipeline",
            "What moves in the pipeline, and what each stage refuses.",
            PipelineRow.class,
            query ->
                book.read(pages -> PipelineView.of(pages, outside.get().readers(), book.wallMs()))),
        Route.one(
            "/api/health",
            "How well the pipeline is, from 0 to 100, with what cost points.",
            HealthRow.class,
            query -> health()));
  }

  /** Returns how well the pipeline is. */
  HealthRow health() {
    Outside known = outside.get();
    return book.read(pages -> HealthScore.of(pages, known, book.wallMs()));
  }

  private Function<Query, Object> ask(BiFunction<Pages, Query, Object> answer) {
    return query -> book.read(pages -> answer.apply(pages, query));
  }

  private LetterRow letter(Query query) {
    LetterPlace place =
        LetterPlace.parse(required(query, PLACE))
            .orElseThrow(() -> new BadRequestException("place is " + LetterPlace.RULE));
    try {
      return letters.look(place);
    } catch (OrderRefusedException none) {
      throw new BadRequestException(404, none.getMessage());
    }
  }

  private static String required(Query query, Parameter parameter) {
    String value = parameter == SYMBOL ? query.scope().symbol() : query.text(parameter.label());
    if (value.isEmpty()) {
      throw new BadRequestException("give " + parameter.label() + "=...");
    }
    return value;
  }

  private static DecisionView.Filter filter(Query query) {
    return new DecisionView.Filter(
        query.scope(),
        query.text(ABOUT.label()),
        query.text(STAGE.label()),
        query.text(VERDICT.label()),
        query.text(CODE.label()));
  }

  private static <T> List<T> firsts(List<T> rows, int most) {
    return rows.subList(0, Math.min(rows.size(), most));
  }
}
