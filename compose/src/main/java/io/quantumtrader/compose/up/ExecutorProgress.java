package io.quantumtrader.compose.up;

import io.quantumtrader.app.parts.GroupStand;
import io.quantumtrader.app.parts.PipelineReaders;
import io.quantumtrader.app.parts.StartProgress;
import io.quantumtrader.execution.executor.PlanExecutor;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** How far the executor is: it waits for its group to give it its partitions. */
final class ExecutorProgress implements StartProgress {

  private final PlanExecutor executor;
  private final GroupStand group;
  private final GroupStand market;

  ExecutorProgress(PlanExecutor executor, Admin admin) {
    this.executor = executor;
    this.group = new GroupStand(admin, PipelineReaders.EXECUTOR);
    this.market = new GroupStand(admin, PipelineReaders.EXECUTOR_MARKET);
  }

  @Override
  public boolean isReady() {
    return executor.isAssigned();
  }

  @Override
  public Optional<Throwable> failure() {
    return executor.failure();
  }

  @Override
  public String where() {
    return group.text() + "; " + market.text();
  }
}
