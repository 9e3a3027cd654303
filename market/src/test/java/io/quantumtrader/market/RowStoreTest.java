package io.quantumtrader.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows come back as they went in, whether they stayed in memory or not, and in any order. */
final class RowStoreTest {

  /** Two or three hundred bytes before the file begins. */
  private static final int MOST_IN_MEMORY = 250;

  private static final int ROWS = 5_000;

  private static final Comparator<CandleRow> ORDER =
      Comparator.comparingLong(CandleRow::openTimeMs).thenComparing(CandleRow::symbol);

  private final Random random = new Random(7);

  private static CandleSource source(String shown) {
    return new CandleSource(
        shown,
        new ArchiveName(Optional.empty(), OptionalLong.empty(), ""),
        InputStream::nullInputStream);
  }

  /** A number of up to 38 digits, of up to 18 behind the point, below 0 too. */
  private BigDecimal number() {
    return new BigDecimal(new BigInteger(random.nextInt(127), random), random.nextInt(19))
        .multiply(random.nextBoolean() ? BigDecimal.ONE : BigDecimal.ONE.negate());
  }

  private List<CandleRow> rows() {
    CandleSource one = source("one.csv");
    CandleSource other = source("other.csv");
    List<CandleRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          new CandleRow(
              1_700_000_000_000L + random.nextInt(700) * 60_000L,
              "S" + random.nextInt(9) + "USDT",
              number(),
              number(),
              number(),
              number(),
              number(),
              i < ROWS / 3 ? one : other,
              i + 1));
    }
    return rows;
  }

  private static RowStore store(List<CandleRow> rows, int mostInMemory) {
    RowStore store = new RowStore(mostInMemory);
    rows.forEach(store::add);
    return store;
  }

  private static List<CandleRow> read(RowView view) {
    IntFunction<CandleRow> reader = view.reader();
    return IntStream.range(0, view.size()).mapToObj(reader).toList();
  }

  @Test
  void shouldGiveBackEachRow() {
    List<CandleRow> rows = rows();

    for (int most : new int[] {1, MOST_IN_MEMORY, 70_000, RowStore.MOST_IN_MEMORY}) {
      assertThat(read(RowView.all(store(rows, most)))).isEqualTo(rows);
    }
  }

  @Test
  void shouldReadInAnyOrder() {
    List<CandleRow> rows = rows();
    RowView all = RowView.all(store(rows, MOST_IN_MEMORY));
    IntFunction<CandleRow> reader = all.reader();
    List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    Collections.shuffle(order, random);

    for (int at : order) {
      assertThat(reader.apply(at)).isEqualTo(rows.get(at));
    }
  }

  @Test
  void shouldSortAsAListIsSortedAndKeepTheOrderOfWhatIsAlike() {
    List<CandleRow> rows = rows();
    RowView all = RowView.all(store(rows, MOST_IN_MEMORY));

    assertThat(all.isSorted()).isFalse();
    assertThat(all.sorted().isSorted()).isTrue();
    assertThat(read(all.sorted())).isEqualTo(rows.stream().sorted(ORDER).toList());
  }

  @Test
  void shouldPartBySymbolAndByPosition() {
    List<CandleRow> rows = rows();
    RowView all = RowView.all(store(rows, MOST_IN_MEMORY));

    assertThat(List.copyOf(all.bySymbol().keySet()))
        .isEqualTo(rows.stream().map(CandleRow::symbol).distinct().toList());
    all.bySymbol()
        .forEach(
            (symbol, of) ->
                assertThat(read(of))
                    .isEqualTo(rows.stream().filter(row -> row.symbol().equals(symbol)).toList()));
    RowView even = all.where(i -> i % 2 == 0);
    assertThat(read(even))
        .isEqualTo(IntStream.range(0, ROWS / 2).mapToObj(i -> rows.get(2 * i)).toList());
    assertThat(read(even.where(i -> i > 0)).getFirst()).isEqualTo(rows.get(2));
  }

  @Test
  void shouldReadFromSeveralThreads() {
    List<CandleRow> rows = rows();
    RowView all = RowView.all(store(rows, MOST_IN_MEMORY));

    List<List<CandleRow>> read =
        IntStream.range(0, 8).parallel().mapToObj(any -> read(all)).toList();

    assertThat(read).allSatisfy(each -> assertThat(each).isEqualTo(rows));
  }
}
