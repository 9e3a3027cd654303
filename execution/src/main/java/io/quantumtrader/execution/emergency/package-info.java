/**
 * Closing without the pipeline: the exchange is asked what is open and told to close it. What comes
 * of it is booked by the executor's position sync when that is back.
 */
package io.quantumtrader.execution.emergency;
