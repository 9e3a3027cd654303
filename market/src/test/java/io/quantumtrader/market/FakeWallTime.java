package io.quantumtrader.market;

import io.quantumtrader.schemas.time.Stop;
import java.util.ArrayList;
import java.util.List;

/** Wall time that goes on by pausing only; it asks to stop at a given time. */
final class FakeWallTime implements WallTime {

  private final long stopAtMs;
  private long nowMs;
  private final List<Long> pauses = new ArrayList<>();

  FakeWallTime(long nowMs, long stopAtMs) {
    this.nowMs = nowMs;
    this.stopAtMs = stopAtMs;
  }

  /** Returns the times that were paused until. */
  List<Long> pauses() {
    return pauses;
  }

  /** Lets time go on without a pause. */
  void jump(long byMs) {
    nowMs += byMs;
  }

  @Override
  public long nowMs() {
    return nowMs;
  }

  @Override
  public boolean pauseUntil(long wallMs, Stop stop) {
    pauses.add(wallMs);
    nowMs = Math.max(nowMs, wallMs);
    if (nowMs >= stopAtMs) {
      stop.request();
    }
    return stop.isRequested();
  }
}
