/**
 * The account sub-topology: everything that decides about an account, in one task, one record at a
 * time, over stores that only this task writes. Each processor reads what it needs, has a pure
 * function decide, and writes after that.
 */
package io.quantumtrader.topology.account;
