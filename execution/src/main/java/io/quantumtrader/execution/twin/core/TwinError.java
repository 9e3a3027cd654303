package io.quantumtrader.execution.twin.core;

import java.util.Locale;

/** What the exchange says no with: HTTP status, code and message. */
public enum TwinError {
  TOO_MANY_REQUESTS(429, -1003, "Too many requests; current limit is %s requests per minute."),
  BANNED(418, -1003, "Way too many requests; IP banned until %s."),
  TOO_MANY_ORDERS(429, -1015, "Too many new orders; current limit is %s orders per %s."),
  TIMESTAMP(400, -1021, "Timestamp for this request is outside of the recvWindow."),
  TIMESTAMP_AHEAD(400, -1021, "Timestamp for this request was 1000ms ahead of the server's time."),
  SIGNATURE(400, -1022, "Signature for this request is not valid."),
  START_AFTER_END(400, -1023, "Start time is greater than end time."),
  MANDATORY(400, -1102, "Mandatory parameter '%s' was not sent, was empty/null, or malformed."),
  NOT_REQUIRED(400, -1106, "Parameter '%s' sent when not required."),
  PRECISION(400, -1111, "Precision is over the maximum defined for this asset."),
  TIME_IN_FORCE(400, -1115, "Invalid timeInForce."),
  ORDER_TYPE(400, -1116, "Invalid orderType."),
  SIDE(400, -1117, "Invalid side."),
  INTERVAL(400, -1120, "Invalid interval."),
  SYMBOL(400, -1121, "Invalid symbol."),
  LISTEN_KEY(400, -1125, "This listenKey does not exist."),
  RECV_WINDOW(400, -1131, "recvWindow must be less than 60000."),
  CALLBACK_RATE(400, -2007, "Invalid callBack rate."),
  CANCEL_UNKNOWN(400, -2011, "Unknown order sent."),
  NO_SUCH_ORDER(400, -2013, "Order does not exist."),
  KEY_FORMAT(401, -2014, "API-key format invalid."),
  KEY_UNKNOWN(401, -2015, "Invalid API-key, IP, or permissions for action."),
  BALANCE(400, -2018, "Balance is insufficient."),
  MARGIN(400, -2019, "Margin is insufficient."),
  WOULD_TRIGGER(400, -2021, "Order would immediately trigger."),
  REDUCE_ONLY(400, -2022, "ReduceOnly Order is rejected."),
  POSITION_LIMIT(400, -2027, "Exceeded the maximum allowable position at current leverage."),
  LEVERAGE_MARGIN(400, -2028, "Leverage is smaller than permitted: insufficient margin balance."),
  QUANTITY_ZERO(400, -4003, "Quantity less than or equal to zero."),
  QUANTITY_MIN(400, -4004, "Quantity less than minimum quantity."),
  QUANTITY_MAX(400, -4005, "Quantity greater than max quantity."),
  PRICE_MIN(400, -4013, "Price less than min price."),
  PRICE_TICK(400, -4014, "Price not increased by tick size."),
  CLIENT_ID(400, -4015, "Client order id is not valid."),
  PRICE_HIGH(400, -4016, "Price is higher than mark price multiplier cap."),
  PRICE_LOW(400, -4024, "Price is lower than mark price multiplier floor."),
  MAX_ORDERS(400, -2025, "Reach max open order limit."),
  QUANTITY_STEP(400, -4023, "Quantity not increased by step size."),
  LEVERAGE(400, -4028, "Leverage %s is not valid"),
  MAX_CONDITIONAL(400, -4045, "Reach max stop order limit."),
  MARGIN_TYPE_SAME(400, -4046, "No need to change margin type."),
  MARGIN_TYPE_ORDERS(400, -4047, "Margin type cannot be changed if there exists open orders."),
  MARGIN_TYPE_POSITION(400, -4048, "Margin type cannot be changed if there exists position."),
  MARGIN_CROSSED(400, -4049, "Add margin only support for isolated position."),
  CROSS_BALANCE(400, -4050, "Cross balance insufficient."),
  ISOLATED_BALANCE(400, -4051, "Isolated balance insufficient."),
  MARGIN_FLAT(400, -4054, "Cannot add position margin: position is 0."),
  MARGIN_AMOUNT(400, -4055, "Amount must be positive."),
  SESSION_KEY(400, -4056, "HMAC_SHA256 API key is not supported."),
  MODE_SAME(400, -4059, "No need to change position side."),
  POSITION_SIDE(400, -4061, "Order's position side does not match user's setting."),
  MODE_ORDERS(400, -4067, "Position side cannot be changed if there exists open orders."),
  MODE_POSITION(400, -4068, "Position side cannot be changed if there exists position."),
  CLIENT_ID_DUPLICATE(400, -4116, "ClientOrderId is duplicated."),
  REDUCE_ONLY_USED_UP(
      400, -4118, "ReduceOnly Order Failed. Please check your existing position and open orders"),
  CONDITIONAL_ADDRESS(
      400,
      -4120,
      "Order type not supported for this endpoint. Please use the Algo Order API endpoints"
          + " instead."),
  CLOSE_POSITION_RESTS(
      400,
      -4130,
      "An open stop or take profit order with GTE and closePosition in the direction is existing."),
  PERCENT_PRICE(
      400, -4131, "The counterparty's best price does not meet the PERCENT_PRICE filter limit"),
  CLOSE_POSITION_TYPE(400, -4136, "Target strategy invalid for orderType %s,closePosition true"),
  CLOSE_POSITION_QUANTITY(400, -4137, "Quantity must be zero with closePosition equals true"),
  SYMBOL_NOT_TRADING(400, -4140, "Invalid symbol status for opening position"),
  ISOLATED_LEVERAGE(
      400,
      -4161,
      "Leverage reduction is not supported in Isolated Margin Mode with open positions."),
  MIN_NOTIONAL(
      400, -4164, "Order's notional must be no smaller than %s (unless you choose reduce only)"),
  TIME_SPAN(400, -4165, "Invalid time interval, maximum time interval is %s days."),
  ASSETS_ISOLATED(
      400,
      -4167,
      "Unable to adjust to Multi-Assets mode with symbols of USD-M Futures under isolated-margin"
          + " mode."),
  ISOLATED_ASSETS(
      400, -4168, "Unable to adjust to isolated-margin mode under the Multi-Assets mode."),
  ASSET_MODE_SAME(400, -4171, "No need to change margin type."),
  NOTHING_TO_CLOSE(
      400, -4509, "Time in Force (TIF) GTE can only be used with open positions or open orders."),
  POST_ONLY(
      400,
      -5022,
      "Due to the order could not be executed as maker, the Post Only order will be rejected."),
  NO_SUCH_PATH(404, -5000, "Path %s, Method %s is invalid");

  private final int httpStatus;
  private final int code;
  private final String message;

  TwinError(int httpStatus, int code, String message) {
    this.httpStatus = httpStatus;
    this.code = code;
    this.message = message;
  }

  /** Returns the HTTP status, 400 to 503. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Returns the code, below 0. */
  public int code() {
    return code;
  }

  /**
   * Returns it as what is thrown.
   *
   * @param arguments what the message has places for, in their order
   */
  public Refused refused(Object... arguments) {
    return new Refused(httpStatus, code, String.format(Locale.ROOT, message, arguments));
  }
}
