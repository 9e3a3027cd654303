package io.quantumtrader.market.live;

import java.util.List;

/** Where news of a market comes from while it is fed. */
public interface NewsSource extends AutoCloseable {

  /** Begins; once only. */
  void start();

  /** Returns what came since the last time, in order, without waiting. */
  List<MarketNews> take();

  /** Ends, within seconds. */
  @Override
  void close();
}
