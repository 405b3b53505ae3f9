using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Mappings;

/// <summary>Headers as departments write them, over values made up here.</summary>
public sealed class DepartmentTests {
  [Fact]
  public void Los_Angeles_joins_the_day_to_a_time_of_bare_digits() => Reads(new("incidents",
      ("DR_NO", "2301{x}{n}"), ("Date Rptd", "{M}/{D}/{Y} 12:00:00 AM"), ("DATE OCC", "{M}/{D}/{Y} 12:00:00 AM"),
      ("TIME OCC", "{H}{m}|845|2230"), ("AREA", "01|07|15"),
      ("AREA NAME", "Central|Wilshire|N Hollywood"), ("Rpt Dist No", "0162|1502|1521"), ("Part 1-2", "1|2"),
      ("Crm Cd", "510|624|354|330|220"),
      ("Crm Cd Desc", "VEHICLE - STOLEN|BATTERY - SIMPLE ASSAULT|THEFT OF IDENTITY|BURGLARY FROM VEHICLE|ATTEMPTED ROBBERY"),
      ("Mocodes", "0344 1822|0416|"), ("Vict Age", "31|0|25|62|17"), ("Vict Sex", "M|F|X"),
      ("Vict Descent", "H|W|B"), ("Premis Cd", "101|501"), ("Premis Desc", "STREET|SINGLE FAMILY DWELLING|PARKING LOT"),
      ("Weapon Used Cd", "400|"), ("Weapon Desc", "STRONG-ARM|"), ("Status", "IC|AA|AO"),
      ("Status Desc", "Invest Cont|Adult Arrest|Adult Other"), ("Crm Cd 1", "510|624"), ("Crm Cd 2", "|998"),
      ("LOCATION", "7800    BEEMAN AV|ATOLL AV|MAIN ST"), ("Cross Street", "|N GAULT"),
      ("LAT", "34.{x}|0.0"), ("LON", "-118.{x}|0.0")),
    "incident_number=DR_NO", "reported_at=Date Rptd(%m/%d/%Y %I:%M:%S %p)",
    "occurred_at=DATE OCC+TIME OCC(%m/%d/%Y 12:00:00 AM %H%M | %m/%d/%Y 12:00:00 AM)", "offense=Crm Cd Desc", "area=AREA NAME",
    "latitude=LAT", "longitude=LON", "address=LOCATION", "victim_age=Vict Age", "cleared=Status Desc", "status=Status Desc");

  [Fact]
  public void New_York_has_its_days_and_times_in_two_columns_and_its_victims_by_age_group() => Reads(new("incidents",
      ("CMPLNT_NUM", "2{x}{n}H1"), ("ADDR_PCT_CD", "75|44|14"), ("BORO_NM", "BROOKLYN|BRONX|MANHATTAN"),
      ("CMPLNT_FR_DT", "{M}/{D}/{Y}"), ("CMPLNT_FR_TM", "{H}:{m}:00"), ("CMPLNT_TO_DT", "{M}/{D}/{Y}|"),
      ("CMPLNT_TO_TM", "{H}:{m}:00|(null)"), ("CRM_ATPT_CPTD_CD", "COMPLETED|ATTEMPTED"), ("HADEVELOPT", "(null)"),
      ("HOUSING_PSA", "(null)|670"), ("JURISDICTION_CODE", "0|2|1"),
      ("JURIS_DESC", "N.Y. POLICE DEPT|N.Y. POLICE DEPT|N.Y. HOUSING POLICE|N.Y. TRANSIT POLICE"), ("KY_CD", "578|341|344"),
      ("LAW_CAT_CD", "VIOLATION|MISDEMEANOR|FELONY"), ("LOC_OF_OCCUR_DESC", "INSIDE|FRONT OF"),
      ("OFNS_DESC", "HARRASSMENT 2|PETIT LARCENY|ASSAULT 3 & RELATED OFFENSES|CRIMINAL MISCHIEF & RELATED OF|FELONY ASSAULT"),
      ("PARKS_NM", "(null)"), ("PATROL_BORO", "PATROL BORO BRONX|PATROL BORO MAN SOUTH"),
      ("PD_CD", "638|338|101|254"),
      ("PD_DESC", "HARASSMENT,SUBD 3,4,5|LARCENY,PETIT FROM BUILDING,UN|ASSAULT 3|MISCHIEF, CRIMINAL 4, OF MOTOR"),
      ("PREM_TYP_DESC", "STREET|RESIDENCE - APT. HOUSE|CHAIN STORE"), ("RPT_DT", "{M}/{D}/{Y}"),
      ("STATION_NAME", "(null)"), ("SUSP_AGE_GROUP", "25-44|(null)"), ("SUSP_RACE", "BLACK|WHITE"), ("SUSP_SEX", "M|F"),
      ("TRANSIT_DISTRICT", "|4"), ("VIC_AGE_GROUP", "25-44|<18|UNKNOWN|65+"), ("VIC_RACE", "BLACK|WHITE"), ("VIC_SEX", "F|M|D|E"),
      ("X_COORD_CD", "10{x}"), ("Y_COORD_CD", "23{x}"), ("Latitude", "40.8{x}"), ("Longitude", "-73.9{x}"),
      ("Lat_Lon", "(40.8{x}, -73.9{x})")) { Context = new("America/New_York", []) },
    "incident_number=CMPLNT_NUM", "reported_at=RPT_DT(%m/%d/%Y)", "occurred_at=CMPLNT_FR_DT+CMPLNT_FR_TM(%m/%d/%Y %H:%M:%S | %m/%d/%Y)",
    "area=ADDR_PCT_CD", "latitude=Latitude", "longitude=Longitude",
    "victim_age=VIC_AGE_GROUP", "agency=JURIS_DESC");

  [Fact]
  public void Philadelphia_dispatches_are_its_reports() => Reads(new("incidents",
      ("the_geom", "0101000020E6100000{x}"), ("cartodb_id", "{n}"), ("objectid", "23{x}{n}"), ("dc_dist", "15|22|09"), ("psa", "1|2|3"),
      ("dispatch_date_time", "{Y}-{M}-{D} {H}:{m}:00+00"), ("dispatch_date", "{Y}-{M}-{D}"),
      ("dispatch_time", "{H}:{m}:00"), ("hour", "{H}"), ("dc_key", "2023150{x}{n}"),
      ("location_block", "1600 BLOCK CHESTNUT ST|5900 BLOCK TORRESDALE AV"), ("ucr_general", "600|700|800|400"),
      ("text_general_code", "Thefts|Theft from Vehicle|Other Assaults|Aggravated Assault Firearm"), ("point_x", "-75.1{x}"),
      ("point_y", "39.9{x}"), ("lat", "39.9{x}"), ("lng", "-75.1{x}")) { Context = new("America/New_York", []) },
    "incident_number=dc_key", "reported_at=dispatch_date_time(%Y-%m-%d %H:%M:%S)", "reported_clock=hour(hour)",
    "offense=text_general_code", "area=psa|dc_dist", "latitude=lat", "longitude=lng", "address=location_block");

  [Fact]
  public void Baltimore_calls_its_beats_posts() => Reads(new("incidents",
      ("RowID", "{n}"), ("CCNumber", "23A{x}{n}"), ("CrimeDateTime", "{Y}/{M}/{D} {H}:{m}:00+00"), ("CrimeCode", "6D|4E|7A|3AF"),
      ("Location", "100 S EUTAW ST|2400 W NORTH AVE"),
      ("Description", "LARCENY FROM AUTO|COMMON ASSAULT|AUTO THEFT|ROBBERY - STREET|AGG. ASSAULT"), ("Inside_Outside", "I|O|"),
      ("Weapon", "NA|FIREARM"), ("Post", "111|413|812"), ("Gender", "M|F"), ("Age", "34|21|"),
      ("Race", "WHITE|BLACK_OR_AFRICAN_AMERICAN"),
      ("Old_District", "CENTRAL|WESTERN"), ("New_District", "CENTRAL|WESTERN"), ("Neighborhood", "DOWNTOWN|PENN-NORTH"),
      ("Latitude", "39.2{x}"), ("Longitude", "-76.6{x}"), ("GeoLocation", "(39.2{x},-76.6{x})"),
      ("PremiseType", "STREET|ROW/TOWNHOUSE-OCC"), ("Total_Incidents", "1")),
    "incident_number=CCNumber", "row_id=RowID", "occurred_at=CrimeDateTime(%Y/%m/%d %H:%M:%S)", "offense=Description", "area=Post",
    "latitude=Latitude", "longitude=Longitude", "address=Location", "victim_age=Age");

  [Fact]
  public void Boston_writes_the_hour_beside_the_time() => Reads(new("incidents",
      ("INCIDENT_NUMBER", "I232{x}{n}"), ("OFFENSE_CODE", "3115|3831|613|3410"), ("OFFENSE_CODE_GROUP", ""),

      ("OFFENSE_DESCRIPTION", "INVESTIGATE PERSON|M/V - LEAVING SCENE - PROPERTY DAMAGE|LARCENY SHOPLIFTING|ASSAULT - SIMPLE"),
      ("DISTRICT", "D4|B2|C11"), ("REPORTING_AREA", "624|282|"), ("SHOOTING", "0|0|0|1"),
      ("OCCURRED_ON_DATE", "{Y}-{M}-{D} {H}:{m}:00"), ("YEAR", "2023"), ("MONTH", "{M}"), ("DAY_OF_WEEK", "Monday|Sunday"),
      ("HOUR", "{H}"), ("UCR_PART", ""), ("STREET", "WASHINGTON ST|BOYLSTON ST"),
      ("Lat", "42.3{x}|"), ("Long", "-71.0{x}|"), ("Location", "(42.3{x}, -71.0{x})")),
    "incident_number=INCIDENT_NUMBER", "occurred_at=OCCURRED_ON_DATE(%Y-%m-%d %H:%M:%S)", "reported_clock=HOUR(hour)",
    "offense=OFFENSE_DESCRIPTION", "area=DISTRICT|REPORTING_AREA", "latitude=Lat", "longitude=Long", "address=STREET");

  [Fact]
  public void Denver_has_feet_and_degrees_and_only_degrees_are_a_place() => Reads(new("incidents",
      ("OBJECTID", "{n}"), ("INCIDENT_ID", "2023{x}{n}"), ("OFFENSE_ID", "2023{x}{n}230500"), ("OFFENSE_CODE", "2305|2404|5401"),
      ("OFFENSE_CODE_EXTENSION", "0|1"),
      ("OFFENSE_TYPE_ID", "theft-items-from-vehicle|theft-of-motor-vehicle|traffic-accident|assault-simple|public-order-crimes-other"),
      ("OFFENSE_CATEGORY_ID", "theft-from-motor-vehicle|auto-theft|traffic-accident|other-crimes-against-persons"),
      ("FIRST_OCCURRENCE_DATE", "{M}/{D}/{Y} {h}:{m}:00 {ap}"), ("LAST_OCCURRENCE_DATE", "|{M}/{D}/{Y} {h}:{m}:00 {ap}"),
      ("REPORTED_DATE", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
      ("INCIDENT_ADDRESS", "2932 S JOSEPHINE ST|705 S COLORADO BLVD|"), ("GEO_X", "319{x}"), ("GEO_Y", "170{x}"),
      ("GEO_LON", "-104.9{x}"), ("GEO_LAT", "39.7{x}"), ("DISTRICT_ID", "3|6|1"), ("PRECINCT_ID", "311|623|113"),
      ("NEIGHBORHOOD_ID", "cbd|speer"), ("IS_CRIME", "1|0"), ("IS_TRAFFIC", "0|1"), ("VICTIM_COUNT", "1|2")),
    "incident_number=INCIDENT_ID", "row_id=OBJECTID|OFFENSE_ID", "reported_at=REPORTED_DATE(%m/%d/%Y %I:%M:%S %p)",
    "occurred_at=FIRST_OCCURRENCE_DATE(%m/%d/%Y %I:%M:%S %p)", "offense=OFFENSE_TYPE_ID", "area=PRECINCT_ID|DISTRICT_ID",
    "latitude=GEO_LAT", "longitude=GEO_LON", "address=INCIDENT_ADDRESS");

  [Fact]
  public void Seattle_has_nibrs_codes_and_they_win_over_words() {
    var (mapping, _) = Reads(new("incidents",
        ("Report Number", "2023-0{x}{n}"), ("Offense ID", "376{x}{n}"), ("Offense Start DateTime", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
        ("Offense End DateTime", "{M}/{D}/{Y} {h}:{m}:00 {ap}|"), ("Report DateTime", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
        ("Group A B", "A|B"),
        ("Crime Against Category", "PROPERTY|PERSON|SOCIETY"), ("Offense Parent Group",
        "LARCENY-THEFT|ASSAULT OFFENSES|DRUG/NARCOTIC OFFENSES"), ("Offense",
        "Theft From Motor Vehicle|Simple Assault|Drug/Narcotic Violations|All Other Larceny"),
        ("Offense Code", "23F|13B|35A|23H|240|290"),
        ("Precinct", "W|N|SW"), ("Sector", "D|J|W"), ("Beat", "D2|J3|W1"), ("MCPP", "MAGNOLIA|ROOSEVELT/RAVENNA"),
        ("100 Block Address", "32XX BLOCK OF 23RD AVE SW|22XX BLOCK OF 15TH AVE W"), ("Longitude", "-122.3{x}|0"),
        ("Latitude", "47.6{x}|0")),
    "incident_number=Report Number", "row_id=Offense ID", "reported_at=Report DateTime(%m/%d/%Y %I:%M:%S %p)",
    "occurred_at=Offense Start DateTime(%m/%d/%Y %I:%M:%S %p)", "offense=Offense Code", "area=Beat", "latitude=Latitude",
    "longitude=Longitude", "address=100 Block Address");
    Assert.Equal("220", ValueProposal.For(Incidents.Field("offense"), Incidents.Dataset, [("23F", 9), ("13B", 5),
      ("220", 3)], ProposalContext.None).Codes["220"].Code);
    Assert.Equal("240", mapping.Values["offense"].Codes["240"].Code);
  }

  [Fact]
  public void San_Francisco_incidents_have_three_ids_and_a_point() => Reads(new("incidents",
      ("Incident Datetime", "{Y}/{M}/{D} {h}:{m}:00 {ap}"), ("Incident Date", "{Y}/{M}/{D}"), ("Incident Time", "{H}:{m}"),
      ("Incident Year", "2023"), ("Incident Day of Week", "Monday|Friday"), ("Report Datetime", "{Y}/{M}/{D} {h}:{m}:00 {ap}"),
      ("Row ID", "12{x}{n}6372"), ("Incident ID", "12{x}{n}"), ("Incident Number", "23{x}{n}"),
      ("CAD Number", "2301{x}{n}|"), ("Report Type Code", "II|IS"), ("Report Type Description",
      "Initial|Coplogic Initial|Initial Supplement"), ("Filed Online", "true|"), ("Incident Code", "06374|04134|07021"),
      ("Incident Category", "Larceny Theft|Assault|Motor Vehicle Theft|Malicious Mischief|Lost Property"),
      ("Incident Subcategory", "Larceny - From Vehicle|Simple Assault|Motor Vehicle Theft|Vandalism|Lost Property"),
      ("Incident Description",
      "Theft, From Locked Vehicle, >$950|Battery|Vehicle, Stolen, Auto|Malicious Mischief, Vandalism to Property|Lost Property"),
      ("Resolution", "Open or Active|Cite or Arrest Adult|Unfounded"), ("Intersection", "18TH ST \\ CASTRO ST|MARKET ST \\ POWELL ST"),
      ("CNN", "24{x}"), ("Police District", "Mission|Central|Out of SF"), ("Analysis Neighborhood", "Castro/Upper Market|Tenderloin"),
      ("Supervisor District", "8|3"), ("Latitude", "37.7{x}"), ("Longitude", "-122.4{x}"), ("Point", "POINT (-122.4{x} 37.7{x})")),
    "incident_number=Incident Number", "row_id=Row ID", "reported_at=Report Datetime(%Y/%m/%d %I:%M:%S %p)",
    "occurred_at=Incident Datetime(%Y/%m/%d %I:%M:%S %p)", "area=Police District", "latitude=Latitude", "longitude=Longitude",
    "address=Intersection", "status=Resolution", "cleared=Resolution");

  [Fact]
  public void Kansas_City_has_a_domestic_flag_and_its_point_below_the_address() => Reads(new("incidents",
      ("Report_No", "KC23{x}{n}"), ("Reported_Date", "{M}/{D}/{Y}"), ("Reported_Time", "{H}:{m}"), ("From_Date", "{M}/{D}/{Y}"),
      ("From_Time", "{H}:{m}"), ("To_Date", "|{M}/{D}/{Y}"), ("To_Time", "|{H}:{m}"),
      ("Offense", "Stealing from Vehicle|Property Damage|Domestic Violence Assault (Non-Aggravated)|Stealing - Shoplift"),
      ("IBRS", "23F|290|13B|23C"),
      ("Description", "Theft From Motor Vehicle|Vandalism|Simple Assault|Shoplifting"), ("Beat", "114|332|645"),
      ("Address", "5500  N AMITY AVE|1800  BALTIMORE AVE"), ("City", "KANSAS CITY"), ("Zip Code", "64151|64108"),
      ("Rep_Dist", "PP1029|PJ1000"), ("Area", "NPD|CPD|EPD"), ("DVFlag", "False|False|True"), ("Involvement", "VIC|SUS"),
      ("Race", "W|B"), ("Sex", "F|M"), ("Age", "34|27|"),
      ("Firearm Used Flag", "False|True"), ("Location", "POINT (-94.5{x} 39.1{x})")),
    "incident_number=Report_No", "reported_at=Reported_Date+Reported_Time(%m/%d/%Y %H:%M | %m/%d/%Y)",
    "occurred_at=From_Date+From_Time(%m/%d/%Y %H:%M | %m/%d/%Y)", "offense=IBRS", "area=Beat", "latitude=Location(wkt)",
    "longitude=Location(wkt)", "address=Address", "domestic=DVFlag", "victim_age=Age");

  [Fact]
  public void Houston_writes_a_day_and_an_hour() => Reads(new("incidents",
      ("Incident", "23{x}{n}"), ("RMSOccurrenceDate", "{M}/{D}/{Y}"), ("RMSOccurrenceHour", "{H}"), ("NIBRSClass", "23F|13B|35A|23H"),
      ("NIBRSDescription", "Theft from motor vehicle|Simple assault|Drug, narcotic violations|All other larceny"),
      ("OffenseCount", "1|2"), ("Beat", "14D20|1A10|10H40"), ("Premise", "Parking Lot, Garage|Residence, Home (Includes Apartment)"),
      ("StreetNo", "4500|1200"), ("StreetName", "MAIN|WESTHEIMER"), ("StreetType", "ST|RD"), ("Suffix", "|W"), ("City", "HOUSTON"),
      ("ZIPCode", "77002|77027"), ("MapLongitude", "-95.3{x}"), ("MapLatitude", "29.7{x}")),
    "incident_number=Incident", "occurred_at=RMSOccurrenceDate+RMSOccurrenceHour(%m/%d/%Y %H | %m/%d/%Y)", "offense=NIBRSClass",
    "area=Beat", "latitude=MapLatitude", "longitude=MapLongitude", "address=StreetNo+StreetName");

  [Fact]
  public void Montgomery_County_names_a_crime_three_times() => Reads(new("incidents",
      ("Incident ID", "20{x}{n}"), ("Offence Code", "2305|1399|2303"), ("CR Number", "2300{x}{n}"),
      ("Dispatch Date / Time", "{M}/{D}/{Y} {h}:{m}:00 {ap}|"), ("Start_Date_Time", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
      ("End_Date_Time", "{M}/{D}/{Y} {h}:{m}:00 {ap}|"), ("NIBRS Code", "23F|13B|23C"), ("Victims", "1|2"),
      ("Crime Name1", "Crime Against Property|Crime Against Person|Crime Against Property"),
      ("Crime Name2", "Theft From Motor Vehicle|Simple Assault|Shoplifting"), ("Crime Name3",
      "LARCENY - FROM AUTO|ASSAULT - 2ND DEGREE|LARCENY - SHOPLIFTING"), ("Police District Name", "BETHESDA|SILVER SPRING"),
      ("Block Address", "7700 BLK  WISCONSIN AVE|8500 BLK  FENTON ST"), ("City", "BETHESDA|SILVER SPRING"), ("State", "MD"),
      ("Zip Code", "20814|20910"), ("Agency", "MCPD|TPPD|MCPD|MCPD"),
      ("Place", "Parking Lot - County|Retail - Department Store"), ("Sector", "D|G"), ("Beat", "2D3|3G1"), ("PRA", "123|456"),
      ("Address Number", "7700|8500"), ("Street Name", "WISCONSIN|FENTON"), ("Street Type", "AVE|ST"), ("Latitude", "39.0{x}"),
      ("Longitude", "-77.0{x}"), ("Police District Number", "2D|3D"), ("Location", "(39.0{x}, -77.0{x})")),
    "incident_number=CR Number", "occurred_at=Start_Date_Time(%m/%d/%Y %I:%M:%S %p)", "offense=NIBRS Code", "area=Beat",
    "latitude=Latitude", "longitude=Longitude", "address=Block Address", "agency=Agency");

  [Fact]
  public void Charlotte_writes_midnight_as_utc_and_its_columns_are_days() {
    var (mapping, _) = Reads(new("incidents",
        ("YEAR", "2023"), ("INCIDENT_REPORT_ID", "20230101{x}{n}"), ("LOCATION", "100 N TRYON ST|200 E TRADE ST"),
        ("CITY", "CHARLOTTE"), ("STATE", "NC"), ("ZIP", "28202"), ("X_COORD_PUBLIC", "14{x}"), ("Y_COORD_PUBLIC", "54{x}"),
        ("LATITUDE_PUBLIC", "35.2{x}"), ("LONGITUDE_PUBLIC", "-80.8{x}"), ("DIVISION_ID", "01|02"),
        ("CMPD_PATROL_DIVISION", "Central|Metro"), ("NPA", "340|385"), ("DATE_REPORTED", "{Y}/{M}/{D} 05:00:00+00"),
        ("DATE_INCIDENT_BEGAN", "{Y}/{M}/{D} 05:00:00+00"), ("DATE_INCIDENT_END", "{Y}/{M}/{D} 05:00:00+00"),
        ("LOCATION_TYPE_DESCRIPTION", "Outdoors|Indoors"), ("PLACE_TYPE_DESCRIPTION", "Residential|Retail"),
        ("CLEARANCE_STATUS", "Open|Cleared by Arrest|Exceptionally Cleared|Unfounded"), ("CLEARANCE_DATE", "|{Y}/{M}/{D}"),
        ("HIGHEST_NIBRS_CODE", "23F|13B|90Z|800"), ("HIGHEST_NIBRS_DESCRIPTION",
        "Theft From Motor Vehicle|Simple Assault|All Other Offenses|Missing Person")) { Context = new("America/New_York", []) },
    "incident_number=INCIDENT_REPORT_ID", "reported_at=DATE_REPORTED(%Y/%m/%d %H:%M:%S)",
    "occurred_at=DATE_INCIDENT_BEGAN(%Y/%m/%d %H:%M:%S)", "latitude=LATITUDE_PUBLIC", "longitude=LONGITUDE_PUBLIC",
    "address=LOCATION", "status=CLEARANCE_STATUS", "cleared=CLEARANCE_STATUS");
    Assert.True(mapping.Fields["reported_at"].DateOnly);
    Assert.Equal(OffsetMeaning.AsWritten, mapping.Fields["reported_at"].Offset);
  }

  [Fact]
  public void Nashville_joins_its_words_to_a_column_that_is_only_mostly_nibrs() {
    var (mapping, _) = Reads(new("incidents",
        ("Primary Key", "2023{x}_{n}"), ("Incident Number", "2023{x}"), ("Report Type", "D|S"),
        ("Report Type Description", "DISPATCHED|SUSPECT"), ("Incident Status Code", "O|U|A"),
        ("Incident Status Description", "OPEN|UNFOUNDED|CLEARED BY ARREST"), ("Investigation Status", "Open|Closed"),
        ("Incident Occurred", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
        ("Incident Reported", "{M}/{D}/{Y} {h}:{m}:00 {ap}"), ("Incident Location", "MAIN ST|BROADWAY"), ("Latitude", "36.1{x}"),
        ("Longitude", "-86.7{x}"), ("RPA", "4103|8511"), ("Zone", "411|813"), ("Location Description", "RESIDENCE, HOME|HIGHWAY, ROAD"),
        ("Offense Number", "1|2"), ("Offense Description", "SIMPLE ASSLT|VANDALISM|BURGLARY- MOTOR VEHICLE|LOST PROPERTY"),
        ("Weapon Description", "PERSONAL (HANDS)|NONE"), ("Domestic Related", "Yes|No|"), ("Victim Type", "I|B"),
        ("Victim Description", "INDIVIDUAL (18 AND OVER)|BUSINESS"), ("Mapped Location", "POINT (-86.7{x} 36.1{x})")),
    "incident_number=Incident Number", "row_id=Primary Key", "reported_at=Incident Reported(%m/%d/%Y %I:%M:%S %p)",
    "occurred_at=Incident Occurred(%m/%d/%Y %I:%M:%S %p)", "offense=Offense Description", "area=Zone", "latitude=Latitude",
    "domestic=Domestic Related", "status=Incident Status Description", "cleared=Incident Status Description");
    Assert.Equal("unfounded", mapping.Values["status"].Codes["UNFOUNDED"].Code);
    var joined = ValueProposal.For(Incidents.Field("offense"), Incidents.Dataset, [("SIMPLE ASSLT / 13B", 9), ("VANDALISM / 290", 5),
      ("LOST PROPERTY / 740", 2), ("BURGLARY- MOTOR VEHICLE / 23F", 4)], ProposalContext.None);
    Assert.Equal(["13B", "290", "not-an-offense", "23F"], ((string[])["SIMPLE ASSLT / 13B", "VANDALISM / 290", "LOST PROPERTY / 740",
      "BURGLARY- MOTOR VEHICLE / 23F"]).Select(v => joined.Codes[v].Code));
  }

  [Fact]
  public void Cincinnati_tells_in_one_column_how_a_case_ended_and_whether_by_arrest() {
    var (mapping, _) = Reads(new("incidents",
        ("INSTANCEID", "{x}-AB-{n}"), ("INCIDENT_NO", "239{x}{n}"), ("DATE_REPORTED", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
        ("DATE_FROM", "{M}/{D}/{Y} {h}:{m}:00 {ap}"), ("DATE_TO", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
        ("CLSD", "J--CLOSED|F--CLEARED BY ARREST - ADULT|U--UNFOUNDED"), ("UCR", "600|810|1493"), ("DST", "1|4"), ("BEAT", "2|3"),
        ("OFFENSE", "THEFT|ASSAULT|CRIMINAL DAMAGING/ENDANGERING"), ("LOCATION", "01-SINGLE FAMILY HOME|44-STREET"),
        ("THEFT_CODE", "23F-THEFT FROM MOTOR VEHICLE|"), ("HATE_BIAS", "N--NO BIAS/NOT APPLICABLE"), ("DAYOFWEEK", "MONDAY"),
        ("RPT_AREA", "35|412"), ("WEAPONS", "99 - NONE"), ("DATE_OF_CLEARANCE", "|{M}/{D}/{Y} {h}:{m}:00 {ap}"),
        ("HOUR_FROM", "{H}{m}"), ("ADDRESS_X", "12XX VINE ST"),
        ("LONGITUDE_X", "-84.5{x}"), ("LATITUDE_X", "39.1{x}"), ("VICTIM_AGE", "18-25|UNDER 18|OVER 70|UNKNOWN"),
        ("VICTIM_RACE", "BLACK"), ("SUSPECT_AGE", "UNKNOWN|18-25")),
    "incident_number=INCIDENT_NO", "row_id=INSTANCEID", "reported_at=DATE_REPORTED(%m/%d/%Y %I:%M:%S %p)",
    "occurred_at=DATE_FROM(%m/%d/%Y %I:%M:%S %p)", "area=BEAT", "latitude=LATITUDE_X", "longitude=LONGITUDE_X",
    "victim_age=VICTIM_AGE", "status=CLSD", "cleared=CLSD");
    Assert.Equal(("yes", "no"), (mapping.Values["cleared"].Codes["F--CLEARED BY ARREST - ADULT"].Code,
      mapping.Values["cleared"].Codes["J--CLOSED"].Code));
    Assert.Equal(("unfounded", "kept"), (mapping.Values["status"].Codes["U--UNFOUNDED"].Code,
      mapping.Values["status"].Codes["J--CLOSED"].Code));
    Assert.Equal("0", mapping.Values["victim_age"].Codes["UNDER 18"].Code);
  }

  [Fact]
  public void Dallas_has_sixty_columns_and_a_point_below_its_address() => Reads(new("incidents",
      ("Incident Number w/year", "{x}-2023"), ("Year of Incident", "2023"), ("Service Number ID", "{x}-2023-01"), ("Watch", "1|2|3"),
      ("Call (911) Problem", "11B - BURG OF BUS|DH - DRUG HOUSE"), ("Type of Incident",
      "BMV|UNAUTHORIZED USE OF MOTOR VEH - AUTOMOBILE|CRIM MISCHIEF > OR EQUAL $750 < $2,500"),
      ("Type Location", "Apartment Parking Lot|Highway, Street, Alley ETC"),
      ("Type of Property", "Motor Vehicle|N/A"), ("Incident Address", "1000 MAIN ST"), ("Reporting Area", "2001|1055"),
      ("Beat", "131|514"), ("Division", "CENTRAL|SOUTHEAST"), ("Sector", "130|510"), ("Council District", "14|2"),
      ("Date1 of Occurrence", "{M}/{D}/{Y}"), ("Year1 of Occurrence", "2023"), ("Time1 of Occurrence", "{H}:{m}"),
      ("Date2 of Occurrence", "{M}/{D}/{Y}"), ("Time2 of Occurrence", "{H}:{m}"),
      ("Date of Report", "{M}/{D}/{Y} {h}:{m}:00 {ap}"), ("Date incident created", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
      ("CFS Number", "23-{x}"), ("Call Received Date Time", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
      ("Call Cleared Date Time", "{M}/{D}/{Y} {h}:{m}:00 {ap}"), ("Victim Type", "Individual|Business"), ("Victim Age", "34|17|"),
      ("Offense Status", "Suspended|Clear by Arrest|Open"), ("Weapon Used", "None|Handgun"),
      ("UCR Offense Name", "THEFT|UUMV"), ("NIBRS Crime Category", "LARCENY/ THEFT OFFENSES|MOTOR VEHICLE THEFT"),
      ("NIBRS Crime Against", "PROPERTY"), ("NIBRS Code", "23F|240|290"), ("Update Date", "{Y}-{M}-{D} {H}:{m}:00"),
      ("X Coordinate", "24{x}"), ("Y Cordinate", "69{x}"), ("Location1", "1000 MAIN ST\nDALLAS, TX 75201\n(32.7{x}, -96.7{x})")),
    "incident_number=Incident Number w/year", "reported_at=Date of Report(%m/%d/%Y %I:%M:%S %p)",
    "occurred_at=Date1 of Occurrence+Time1 of Occurrence(%m/%d/%Y %H:%M | %m/%d/%Y)", "offense=NIBRS Code", "area=Beat",
    "latitude=Location1(latlon)", "longitude=Location1(latlon)", "address=Incident Address", "victim_age=Victim Age",
    "status=Offense Status", "cleared=Offense Status");

  [Fact]
  public void A_stage_written_as_a_time_of_day_is_read_on_the_day_of_the_call() {
    var (mapping, _) = Reads(new("calls", ("CallNumber", "23{x}{n}"), ("CallDate", "{M}/{D}/{Y}"), ("CallTime", "{H}:{m}:{s}"),
      ("DispatchTime", "{H}:{m}:{s}"), ("ArriveTime", "{H}:{m}:{s}"), ("ClearTime", "{H}:{m}:{s}"),
      ("CallType", "ALARM|DISTURBANCE|TRAFFIC STOP"), ("Priority", "1|2|3"), ("Beat", "1|2|3"), ("Address", "100 MAIN ST")),
    "received_at=CallDate+CallTime(%m/%d/%Y %H:%M:%S | %m/%d/%Y)", "dispatched_at=CallDate+DispatchTime(%m/%d/%Y %H:%M:%S)",
    "on_scene_at=CallDate+ArriveTime(%m/%d/%Y %H:%M:%S)", "closed_at=CallDate+ClearTime(%m/%d/%Y %H:%M:%S)", "call_type=CallType");
    Assert.Contains(mapping.Unsure, u => u.StartsWith("DispatchTime, ArriveTime, ClearTime hold times of day without a day",
      StringComparison.Ordinal));
  }

  [Fact]
  public void Where_only_the_dispatch_is_known_it_stands_for_the_call_and_no_response_time_is_made_up() {
    var (mapping, fed) = Reads(new("calls", ("Incident_Number", "PD23{x}"), ("Area_Occ", "Central|Outside"), ("Rpt_Dist", "0162|1502"),
      ("Dispatch_Date", "{M}/{D}/{Y} 12:00:00 AM"), ("Dispatch_Time", "{H}:{m}:{s}"), ("Call_Type_Code", "507P|415M"),
      ("Call_Type_Text", "MAJOR DISTURBANCE|PARTY|CODE 6")),
    "received_at=Dispatch_Date+Dispatch_Time(%m/%d/%Y 12:00:00 AM %H:%M:%S | %m/%d/%Y 12:00:00 AM)", "call_type=Call_Type_Text");
    Assert.DoesNotContain(fed, f => f.StartsWith("dispatched_at", StringComparison.Ordinal));
    Assert.Contains(mapping.Unsure, u => u.StartsWith("No column says when a call was received", StringComparison.Ordinal));
  }

  [Fact]
  public void Austin_codes_only_its_serious_crimes_so_its_words_are_read_beside_the_codes() {
    var (mapping, _) = Reads(new("incidents", ("Incident Number", "2023{x}{n}"),
        ("Highest Offense Description", "THEFT|BURGLARY OF VEHICLE|FAMILY DISTURBANCE|ASSAULT W/INJURY-FAM/DATE VIOL"),
        ("Highest Offense Code", "600|601|3400|900"), ("Family Violence", "N|Y"), ("Occurred Date Time", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
        ("Occurred Date", "{M}/{D}/{Y}"), ("Occurred Time", "{H}{m}"), ("Report Date Time", "{M}/{D}/{Y} {h}:{m}:00 {ap}"),
        ("Report Date", "{M}/{D}/{Y}"), ("Report Time", "{H}{m}"), ("Location Type", "PARKING LOTS / GARAGE|RESIDENCE / HOME"),
        ("Address", "100 CONGRESS AVE"), ("APD Sector", "GE|ID"), ("Census Tract", "11|12"), ("Clearance Status", "N|C|O|"),
        ("UCR Category", "23H|23F||"), ("Category Description", "Theft||"), ("X-coordinate", "31{x}"), ("Latitude", "30.2{x}"),
        ("Longitude", "-97.7{x}")),
      "incident_number=Incident Number", "reported_at=Report Date Time(%m/%d/%Y %I:%M:%S %p)",
      "occurred_at=Occurred Date Time(%m/%d/%Y %I:%M:%S %p)", "domestic=Family Violence", "area=APD Sector", "address=Address");
    Assert.Contains("Highest Offense Description", mapping.Fields["offense"].Columns);
  }

  [Fact]
  public void A_stage_that_is_not_always_a_time_is_left_out_rather_than_cost_its_rows() {
    var (_, fed) = Reads(new("calls", ("Call Number", "23-{x}"), ("Call Received", "{M}/{D}/{Y} {H}:{m}:{s}"), ("Call Type", "ALARM|FIGHT"),
        ("On Scene", "{M}/{D}/{Y} {H}:{m}:{s}|{M}/{D}/{Y} {H}:{m}:{s}|see notes")),
      "received_at=Call Received(%m/%d/%Y %H:%M:%S)", "call_type=Call Type");
    Assert.DoesNotContain(fed, f => f.StartsWith("on_scene_at", StringComparison.Ordinal));
  }

  [Fact]
  public void A_dispatch_systems_own_listing_is_read() => Reads(new("calls", ("Incident #", "23-{x}"),
    ("Call Received", "{M}/{D}/{Y} {H}:{m}:{s}"), ("Dispatched", "{M}/{D}/{Y} {H}:{m}:{s}"), ("Enroute", "{M}/{D}/{Y} {H}:{m}:{s}"),
      ("Arrived", "{M}/{D}/{Y} {H}:{m}:{s}|"), ("Cleared", "{M}/{D}/{Y} {H}:{m}:{s}"), ("Nature", "TRAFFIC STOP|SUSPICIOUS PERSON"),
      ("Pri", "1|2|3"), ("How Received", "Phone|Officer|911|Radio"), ("Agency", "PAPD|PAFD|PAPD"), ("Zone", "1|2"), ("Unit", "A12|B4"),
      ("Dispo", "RPT|CAN|NR")),
    "call_number=Incident #", "received_at=Call Received(%m/%d/%Y %H:%M:%S)", "dispatched_at=Dispatched(%m/%d/%Y %H:%M:%S)",
    "en_route_at=Enroute(%m/%d/%Y %H:%M:%S)", "on_scene_at=Arrived(%m/%d/%Y %H:%M:%S)", "closed_at=Cleared(%m/%d/%Y %H:%M:%S)",
    "call_type=Nature", "priority=Pri", "on_view=How Received", "agency=Agency", "area=Zone", "disposition=Dispo");

  [Fact]
  public void A_small_town_on_a_spreadsheet_has_three_columns() {
    var (mapping, _) = Reads(new("incidents", ("Date", "1/5/23 14:05|12/28/23 9:30|6/14/23 23:59"), ("Case #", "23-{n}"),
      ("Crime", "Theft|Assault|Vandalism|DUI")) { Records = 40 },
    "incident_number=Case #", "occurred_at=Date(%m/%d/%y %H:%M)", "offense=Crime");
    Assert.Contains(mapping.Unsure, u => u.Contains("does not say whether it is the day of the report", StringComparison.Ordinal));
  }

  [Fact]
  public void Calls_of_New_York_have_a_stamp_for_each_step() => Reads(new("calls",
      ("CAD_EVNT_ID", "97{x}{n}"), ("CREATE_DATE", "{M}/{D}/{Y}"), ("INCIDENT_DATE", "{M}/{D}/{Y}"), ("INCIDENT_TIME", "{H}:{m}:{s}"),
      ("NYPD_PCT_CD", "75|44"), ("BORO_NM", "BRONX|QUEENS"), ("PATRL_BORO_NM", "BX|QN"), ("GEO_CD_X", "10{x}"), ("GEO_CD_Y", "23{x}"),
      ("RADIO_CODE", "75D|10S2|52D1"),
      ("TYP_DESC", "VISIBILITY PATROL: DIRECTED|INVESTIGATE/POSSIBLE CRIME: CALLS FOR HELP/INSIDE|DISPUTE: FAMILY/INSIDE"),
      ("CIP_JOBS", "Non CIP|Serious|Critical"), ("ADD_TS", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"), ("DISP_TS", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"),
      ("ARRIVD_TS", "{M}/{D}/{Y} {h}:{m}:{s} {ap}|"), ("CLOSNG_TS", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"), ("Latitude", "40.8{x}"),
      ("Longitude", "-73.9{x}")),
    "call_number=CAD_EVNT_ID", "entered_at=ADD_TS(%m/%d/%Y %I:%M:%S %p)", "dispatched_at=DISP_TS(%m/%d/%Y %I:%M:%S %p)",
    "on_scene_at=ARRIVD_TS(%m/%d/%Y %I:%M:%S %p)", "closed_at=CLOSNG_TS(%m/%d/%Y %I:%M:%S %p)",
    "received_at=INCIDENT_DATE+INCIDENT_TIME(%m/%d/%Y %H:%M:%S | %m/%d/%Y)",
    "call_type=TYP_DESC", "area=NYPD_PCT_CD", "latitude=Latitude", "longitude=Longitude");

  [Fact]
  public void Calls_of_New_Orleans_have_first_and_final_types() => Reads(new("calls",
      ("NOPD_Item", "A{x}{n}23"), ("Type", "18|34S|103"),
      ("TypeText", "TRAFFIC INCIDENT|SIMPLE BATTERY|DISTURBANCE (OTHER)|MENTAL PATIENT"), ("Priority", "1C|2A|0H"),
      ("InitialType", "18|34S|103"),
      ("InitialTypeText", "TRAFFIC INCIDENT|SIMPLE BATTERY|DISTURBANCE (OTHER)"), ("InitialPriority", "1C|2A"), ("MapX", "36{x}"),
      ("MapY", "53{x}"), ("TimeCreate", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"),
      ("TimeDispatch", "{M}/{D}/{Y} {h}:{m}:{s} {ap}|"), ("TimeArrive", "{M}/{D}/{Y} {h}:{m}:{s} {ap}|"),
      ("TimeClosed", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"), ("Disposition", "NAT|RTF|DUP|VOI"),
      ("DispositionText", "Necessary Action Taken|REPORT TO FOLLOW|DUPLICATE|VOID"), ("SelfInitiated", "N|Y"), ("Beat", "4G04|8B02"),
      ("BLOCK_ADDRESS", "014XX Canal St|Elysian Fields Ave & N Claiborne Ave"), ("Zip", "70112|70119"), ("PoliceDistrict", "4|8"),
      ("Location", "POINT (-90.0{x} 29.9{x})")),
    "call_number=NOPD_Item", "received_at=TimeCreate(%m/%d/%Y %I:%M:%S %p)", "dispatched_at=TimeDispatch(%m/%d/%Y %I:%M:%S %p)",
    "on_scene_at=TimeArrive(%m/%d/%Y %I:%M:%S %p)", "closed_at=TimeClosed(%m/%d/%Y %I:%M:%S %p)", "call_type=TypeText",
    "call_type_original=InitialTypeText", "priority=Priority", "on_view=SelfInitiated", "disposition=DispositionText", "area=Beat",
    "latitude=Location(wkt)", "longitude=Location(wkt)", "address=BLOCK_ADDRESS");

  [Fact]
  public void Calls_of_Austin_say_who_began_and_whether_a_mind_was_ill() => Reads(new("calls",
      ("Incident Number", "23{x}{n}"), ("Incident Type", "Dispatched Incident|Officer-Initiated Incident"), ("Council District", "9|3"),
      ("Mental Health Flag", "Not Mental Health Incident|Mental Health Incident"),
      ("Priority Level", "Priority 0|Priority 1|Priority 2|Priority 3"), ("Response Datetime", "{Y} {b} {D} {h}:{m}:{s} {ap}"),
      ("Response Day of Week", "Mon|Tue"), ("Response Hour", "{H}"),
      ("First Unit Arrived Datetime", "{Y} {b} {D} {h}:{m}:{s} {ap}|"), ("Call Closed Datetime", "{Y} {b} {D} {h}:{m}:{s} {ap}"),
      ("Sector", "George|Ida"), ("Initial Problem Description", "Disturbance Other|Suspicious Person|Welfare Check"),
      ("Initial Problem Category", "Disturbance|Suspicious Things"), ("Final Problem Description",
      "Disturbance Other|Suspicious Person|Check Welfare - Urgent"), ("Final Problem Category", "Disturbance|Suspicious Things"),
      ("Number of Units Arrived", "1|2"),
      ("Unit Time on Scene", "1,204|388"), ("Call Disposition Description", "No Report|Incident Report|Cancelled"),
      ("Report Written Flag", "No|Yes"), ("Response Time", "620|415"), ("Officer Injured/Killed Count", "0"), ("Geo ID", "484530{x}"),
      ("Census Block Group", "484530{x}")),
    "call_number=Incident Number", "received_at=Response Datetime(%Y %b %d %I:%M:%S %p)",
    "on_scene_at=First Unit Arrived Datetime(%Y %b %d %I:%M:%S %p)", "closed_at=Call Closed Datetime(%Y %b %d %I:%M:%S %p)",
    "call_type=Final Problem Description", "call_type_original=Initial Problem Description", "priority=Priority Level",
    "on_view=Incident Type", "sensitive=Mental Health Flag", "disposition=Call Disposition Description", "area=Sector");

  [Fact]
  public void Calls_of_Cincinnati_name_the_primary_unit() => Reads(new("calls",
      ("ADDRESS_X", "12XX VINE ST|3XX W 5TH ST"), ("LATITUDE_X", "39.1{x}"), ("LONGITUDE_X", "-84.5{x}"), ("AGENCY", "CPD|CPD|CFD"),
      ("CREATE_TIME_INCIDENT", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"), ("DISPOSITION_TEXT", "ADV: ADVISED|CAN: CANCELLED|INV: INVESTIGATED"),
      ("EVENT_NUMBER", "CPD23{M}{D}00{n}"), ("INCIDENT_TYPE_ID", "TRSTOP|ASSLT|DIST"),
      ("INCIDENT_TYPE_DESC", "TRAFFIC STOP|ASSAULT (NIP)|DISORD GROUP (PANHNDLERS)"), ("PRIORITY", "26|5|12"),
      ("PRIORITY_COLOR", "LIME|RED"),
      ("DISTRICT", "1|2"), ("BEAT", "P101|P204"), ("ARRIVAL_TIME_PRIMARY_UNIT", "{M}/{D}/{Y} {h}:{m}:{s} {ap}|"),
      ("CLOSED_TIME_INCIDENT", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"), ("DISPATCH_TIME_PRIMARY_UNIT", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"),
      ("CPD_NEIGHBORHOOD", "DOWNTOWN|AVONDALE"), ("COMMUNITY_COUNCIL_NEIGHBORHOOD", "DOWNTOWN|AVONDALE")),
    "call_number=EVENT_NUMBER", "received_at=CREATE_TIME_INCIDENT(%m/%d/%Y %I:%M:%S %p)",
    "dispatched_at=DISPATCH_TIME_PRIMARY_UNIT(%m/%d/%Y %I:%M:%S %p)", "on_scene_at=ARRIVAL_TIME_PRIMARY_UNIT(%m/%d/%Y %I:%M:%S %p)",
    "closed_at=CLOSED_TIME_INCIDENT(%m/%d/%Y %I:%M:%S %p)", "call_type=INCIDENT_TYPE_DESC", "priority=PRIORITY", "agency=AGENCY",
    "disposition=DISPOSITION_TEXT", "area=BEAT",
    "latitude=LATITUDE_X", "longitude=LONGITUDE_X", "address=ADDRESS_X");

  [Fact]
  public void Calls_of_Montgomery_County_have_durations_that_are_no_times() => Reads(new("calls",
      ("Incident ID", "P23000{x}{n}"), ("Crime Reports", "|2300{x}"), ("Crash Reports", ""),
      ("Start Time", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"), ("End Time", "{M}/{D}/{Y} {h}:{m}:{s} {ap}"), ("Priority", "1|2|3"),
      ("Initial Type", "DISTURBANCE/NUISANCE - PAST|TRAFFIC/TRANSPORTATION INCIDENT"),
      ("Close Type", "DISTURBANCE/NUISANCE - PAST|TRAFFIC STOP|PSYCHIATRIC/ABNORMAL BEHAVIOR/SUICIDE ATTEMPT"),
      ("Address", "7700  WISCONSIN AVE|8500  FENTON ST"), ("City", "BETHESDA"), ("State", "MD"), ("Zip", "20814"),
      ("Longitude", "-77.0{x}"), ("Latitude", "39.0{x}"), ("Police District Number", "2D|3D"), ("Sector", "D|G"), ("Beat", "2D3|3G1"),
      ("PRA", "123|456"), ("CallTime CallRoute", "64|121"), ("Calltime Dispatch", "182|301"), ("Calltime Arrive", "511|902"),
      ("Calltime Cleared", "2412|3120"), ("Dispatch Arrive", "320|410"), ("Disposition Desc",
      "Report Written|NO ACTION TAKEN|CANCELLED"), ("Location", "(39.0{x}, -77.0{x})")),
    "call_number=Incident ID", "received_at=Start Time(%m/%d/%Y %I:%M:%S %p)", "closed_at=End Time(%m/%d/%Y %I:%M:%S %p)",
    "call_type=Close Type", "call_type_original=Initial Type", "priority=Priority", "disposition=Disposition Desc", "area=Beat",
    "latitude=Latitude", "longitude=Longitude", "address=Address");

  [Fact]
  public void Calls_of_Baltimore_and_San_Diego_are_short() {
    Reads(new("calls", ("recordId", "{n}"), ("callKey", "{x}{n}"), ("callDateTime", "{Y}/{M}/{D} {H}:{m}:00+00"),
      ("priority", "Medium|Low|High|Non-Emergency|Emergency"), ("district", "CD|ND"),
      ("description", "911/NO  VOICE|DISORDERLY|SILENT ALARM|FAMILY DISTURB"), ("callNumber", "P23{x}{n}"),
      ("incidentLocation", "300 W BALTIMORE ST|1200 E NORTH AVE"), ("location", "(39.2{x},-76.6{x})")),
    "call_number=callNumber", "row_id=recordId", "received_at=callDateTime(%Y/%m/%d %H:%M:%S)", "call_type=description",
    "priority=priority", "area=district", "latitude=location(latlon)", "longitude=location(latlon)", "address=incidentLocation");
    Reads(new("calls", ("INCIDENT_NUM", "E23{x}{n}"), ("DATE_TIME", "{Y}-{M}-{D} {H}:{m}:{s}"), ("DAY_OF_WEEK", "1|2|7"),
      ("ADDRESS_NUMBER_PRIMARY", "1400|600"), ("ADDRESS_DIR_PRIMARY", "|E"), ("ADDRESS_ROAD_PRIMARY", "BROADWAY|MARKET"),
      ("ADDRESS_SFX_PRIMARY", "ST|AVE"), ("CALL_TYPE", "415|T|1151|CW"), ("DISPOSITION", "K|A|W|CAN"), ("BEAT", "521|122|-1"),
      ("PRIORITY", "2|3|1|0")),
    "call_number=INCIDENT_NUM", "received_at=DATE_TIME(%Y-%m-%d %H:%M:%S)", "call_type=CALL_TYPE", "priority=PRIORITY",
    "disposition=DISPOSITION", "area=BEAT", "address=ADDRESS_NUMBER_PRIMARY+ADDRESS_ROAD_PRIMARY");
  }

  [Fact]
  public void Without_a_time_the_refusal_names_the_columns_and_what_to_say() {
    var problem = new Department("incidents", ("Case Number", "23-{n}"), ("Offense", "Theft|Assault"), ("Beat", "A|B")).Refusal();
    Assert.Contains("Case Number, Offense, Beat", problem.English, StringComparison.Ordinal);
    Assert.Contains("--column reported_at=COLUMN", problem.English, StringComparison.Ordinal);
  }

  [Fact]
  public void What_a_person_says_wins_over_every_guess() {
    Reads(Town("reported_at", "Called In"), "reported_at=Called In(%m/%d/%Y %H:%M)", "occurred_at=Date(%m/%d/%Y %H:%M)",
      "incident_number=Case", "offense=Offense");
    Assert.Contains("no column \"Calld In\"", Town("reported_at", "Calld In").Refusal().English, StringComparison.Ordinal);
    Assert.Contains("no field \"reported\"", Town("reported", "Date").Refusal().English, StringComparison.Ordinal);

    static Department Town(string field, string column) => new("incidents", ("Date", "{M}/{D}/{Y} {H}:{m}"),
        ("Called In", "{M}/{D}/{Y} {H}:{m}"), ("Case", "23-{n}"), ("Offense", "Theft|Assault|Vandalism")) {
      Context = new(null, []) { Columns = new Dictionary<string, string> { [field] = column } },
    };
  }

  // every line must be among what is fed; "area=Beat|Post" lets either column feed it
  private static (SourceMapping Mapping, IReadOnlyList<string> Fed) Reads(Department department, params string[] expected) {
    var (mapping, fed) = department.Propose();
    var wrong = expected.Where(e => !Alternatives(e).Any(fed.Contains)).ToList();
    var unsure = string.Join(' ', mapping.Unsure);
    Assert.True(wrong.Count == 0, $"expected {string.Join(", ", wrong)}\nbut fed {string.Join(", ", fed)}\nunsure {unsure}");
    return (mapping, fed);
  }

  private static IEnumerable<string> Alternatives(string expected) {
    if (expected.Contains(" | ", StringComparison.Ordinal)) return [expected];
    var at = expected.IndexOf('=', StringComparison.Ordinal) + 1;
    return expected[at..].Split('|').Select(c => expected[..at] + c);
  }
}
